// The columns of the files that an import and an export of sales make, and where each comes from: those of
// bridge/sync/files/leadRow.ts and bridge/sync/files/saleRow.ts.
import EACH from '@salesforce/label/c.Columns_Each';
import EACH_FROM from '@salesforce/label/c.Columns_Each_From';
import ACCOUNT from '@salesforce/label/c.Columns_Import_Account';
import CONTACT from '@salesforce/label/c.Columns_Import_Contact';
import LEAD from '@salesforce/label/c.Columns_Import_Lead';
import PHONE from '@salesforce/label/c.Columns_Import_Phone';
import SALE_ACCOUNT from '@salesforce/label/c.Columns_Sale_Account';
import SALE_CONTACT from '@salesforce/label/c.Columns_Sale_Contact';
import SALE_CURRENCY from '@salesforce/label/c.Columns_Sale_Currency';
import SALE_FIELDS from '@salesforce/label/c.Columns_Sale_Fields';
import SALE_ITEM from '@salesforce/label/c.Columns_Sale_Item';
import SALE_OPPORTUNITY from '@salesforce/label/c.Columns_Sale_Opportunity';
import SALE_PHONE from '@salesforce/label/c.Columns_Sale_Phone';
import SALE_PRODUCT from '@salesforce/label/c.Columns_Sale_Product';
import SOLD_AT from '@salesforce/label/c.Columns_Sale_Sold_At';
import SOLD_BY from '@salesforce/label/c.Columns_Sale_Sold_By';

/** Columns with one origin, and the origin in words. */
export interface Column {
  names: string;
  from: string;
}

export const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Import: [
    { names: 'primary_phone_number', from: PHONE },
    { names: EACH, from: EACH_FROM },
    { names: 'salesforce_lead_id', from: LEAD },
    { names: 'salesforce_contact_id', from: CONTACT },
    { names: 'salesforce_account_id', from: ACCOUNT },
  ],
  ExportSales: [
    { names: 'salesforce_opportunity_id', from: SALE_OPPORTUNITY },
    { names: 'salesforce_contact_id', from: SALE_CONTACT },
    { names: 'salesforce_account_id', from: SALE_ACCOUNT },
    { names: 'primary_phone_number', from: SALE_PHONE },
    { names: 'sold_at', from: SOLD_AT },
    { names: 'sold_by', from: SOLD_BY },
    { names: 'currency', from: SALE_CURRENCY },
    { names: 'product_code, product_name', from: SALE_PRODUCT },
    { names: 'quantity, unit_price', from: SALE_ITEM },
    { names: 'sale.*, item.*', from: SALE_FIELDS },
  ],
};
