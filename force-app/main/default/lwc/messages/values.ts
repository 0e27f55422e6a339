// Why a value, a phase or an owner was not taken.
import VALUE_UNFIT_onUpdate from '@salesforce/label/c.Say_VALUE_UNFIT_onUpdate';
import VALUE_UNFIT_onCreation from '@salesforce/label/c.Say_VALUE_UNFIT_onCreation';
import VALUE_UNFIT_leftOut from '@salesforce/label/c.Say_VALUE_UNFIT_leftOut';
import VALUE_UNFIT_onSale from '@salesforce/label/c.Say_VALUE_UNFIT_onSale';
import VALUE_CUT from '@salesforce/label/c.Say_VALUE_CUT';
import VALUE_ROUNDED from '@salesforce/label/c.Say_VALUE_ROUNDED';
import OVERTAKEN from '@salesforce/label/c.Say_OVERTAKEN';
import PHASE_REFUSED_blank from '@salesforce/label/c.Say_PHASE_REFUSED_blank';
import PHASE_REFUSED_unknown from '@salesforce/label/c.Say_PHASE_REFUSED_unknown';
import PHASE_REFUSED_notAccepted from '@salesforce/label/c.Say_PHASE_REFUSED_notAccepted';
import PHASE_REFUSED_backwards from '@salesforce/label/c.Say_PHASE_REFUSED_backwards';
import OWNER_REFUSED_unknown from '@salesforce/label/c.Say_OWNER_REFUSED_unknown';
import OWNER_REFUSED_deleted from '@salesforce/label/c.Say_OWNER_REFUSED_deleted';
import OWNER_REFUSED_busy from '@salesforce/label/c.Say_OWNER_REFUSED_busy';

export const VALUES: Readonly<Record<string, string>> = {
  VALUE_UNFIT_onUpdate,
  VALUE_UNFIT_onCreation,
  VALUE_UNFIT_leftOut,
  VALUE_UNFIT_onSale,
  VALUE_CUT,
  VALUE_ROUNDED,
  OVERTAKEN,
  PHASE_REFUSED_blank,
  PHASE_REFUSED_unknown,
  PHASE_REFUSED_notAccepted,
  PHASE_REFUSED_backwards,
  OWNER_REFUSED_unknown,
  OWNER_REFUSED_deleted,
  OWNER_REFUSED_busy,
};
