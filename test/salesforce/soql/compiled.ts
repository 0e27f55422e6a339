// What a compiled query is: the statement that is run, and how its rows become records.
import type { SQLInputValue } from 'node:sqlite';
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { FieldDef, ObjectDef } from '../model.ts';
import type { Schema } from '../schema.ts';

/** What a result row is built from. `column` is a position in the row that the statement returns. */
export type Selected =
  | { kind: 'field'; name: string; field: FieldDef; column: number }
  | { kind: 'compound'; name: string; parts: { name: string; column: number }[] }
  | { kind: 'parent'; name: string; types: string[]; idColumns: number[]; selected: Selected[] }
  | { kind: 'children'; name: string; query: CompiledQuery };

export interface CompiledQuery {
  object: ObjectDef;
  /** `SELECT COUNT() FROM …`: no records, only their number. */
  countOnly: boolean;
  /** `GROUP BY` and the like: the results are no records of the object. */
  aggregate: boolean;
  selected: Selected[];
  idColumn: number;
  sql: string;
  /** In a child query the parent's id comes before them. */
  values: SQLInputValue[];
  /** The columns of its order, where an index can have them. */
  ordered?: string;
  /** In the order of the query, with dotted paths. */
  columnNames: { name: string; field: FieldDef }[];
}

export interface CompileOptions {
  schema: Schema;
  now: number;
  /** Deleted records too (queryAll). */
  all: boolean;
  /** Only these records of the query's object, by their 18-character ids: what a search has found. */
  among?: readonly string[];
  /** Instead of the query's own LIMIT and OFFSET, and free of their bounds: what a cursor has come to. */
  page?: { limit: number; offset: number };
}

/** Compiles a query inside a query; `parent` is the field of its records that refers to the outer ones. */
export type CompileInner = (query: Query, parent?: FieldDef) => CompiledQuery;
