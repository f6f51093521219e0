export { type HistoryLine, catalogueHistory, listProcedureHistory } from './catalogue-history.ts'
export type { ProcedureSummary } from './catalogue-snapshot.ts'
export { type ComparedField, type DiffLine, compareRevisions } from './compare-revisions.ts'
export { caseName, displayName, paperName, slugOf, textBlocks } from './display-text.ts'
export { type ImportReport, type SourceLine, importProcedures } from './import-procedures.ts'
export { importShippedProcedures, readCatalogueFiles } from './import-shipped.ts'
export {
  type Fee,
  type MethodRow,
  type ThingToSettle,
  isReceivable,
} from './method-rows.ts'
export { type Channel, LEVELS, LIMIT_UNITS, type Level, type LimitUnit } from './procedure-record.ts'
export type { Component, ProcedureRevision } from './procedure-revision.ts'
export { findCurrentRevision, getCurrentRevision, getRevision, getRevisionSource, listRevisions } from './revisions.ts'
export { APPLICANTS, type Applicant } from './applicants.ts'
export {
  type FoundProcedures,
  type ProcedureSearch,
  catalogueVersion,
  countProcedures,
  findProcedureSummary,
  listCommonProcedures,
  searchProcedures,
} from './search-procedures.ts'
export { cutoffText } from './settled-data.ts'
export { SettleMethodRow, type SettleRefusal, settleMethodRow } from './settle-method-row.ts'
