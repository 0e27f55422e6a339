// `lightning-record-view-form`: reads the record for the output fields inside it. Source: Component Library, "Record View Form".
import RecordEditForm from 'lightning/recordEditForm';

export default class RecordViewForm extends RecordEditForm {}
