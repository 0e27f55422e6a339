// Words of the buttons beside the heading of the mapping page.
import newSystem from '@salesforce/label/c.Mapping_Page_New_System';
import newCustom from '@salesforce/label/c.Mapping_Page_New_Custom';
import recommended from '@salesforce/label/c.Mapping_Page_Recommended';
import help from '@salesforce/label/c.Mapping_Page_Help';
import refresh from '@salesforce/label/c.Mapping_Page_Refresh';
import reading from '@salesforce/label/c.Mapping_Page_Reading';

export const labels = { newSystem, newCustom, recommended, help, refresh, reading };
