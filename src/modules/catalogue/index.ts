export { type HistoryLine, catalogueHistory, listProcedureHistory } from './catalogue-history.ts'
export type { ProcedureSummary } from './catalogue-snapshot.ts'
export { type ComparedField, type DiffLine, type FieldDiff, compareRevisions } from './compare-revisions.ts'
export { type TextBlock, caseName, displayName, slugOf, textBlocks } from './display-text.ts'
export { type ImportOptions, type ImportReport, type Rejected, type SourceLine, importProcedures } from './import-procedures.ts'
export { importShippedProcedures, readCatalogueFiles } from './import-shipped.ts'
export {
  type Decision,
  type Fee,
  type FeeChoice,
  type MethodRow,
  THINGS_TO_SETTLE,
  type ThingToSettle,
  type TimeLimit,
  isReceivable,
} from './method-rows.ts'
export { CHANNELS, type Channel, LEVELS, LIMIT_UNITS, type Level, type LimitUnit } from './procedure-record.ts'
export type { Component, LegalBasis, ProcedureRevision } from './procedure-revision.ts'
export { LINE_ERRORS, type LineError } from './read-line.ts'
export { findCurrentRevision, getCurrentRevision, getRevision, getRevisionSource, listRevisions } from './revisions.ts'
export { APPLICANTS, type Applicant } from './applicants.ts'
export {
  type Facet,
  type FoundProcedures,
  type ProcedureSearch,
  catalogueVersion,
  countProcedures,
  findProcedureSummary,
  listCommonProcedures,
  searchProcedures,
} from './search-procedures.ts'
export { cutoffText } from './settled-data.ts'
export { SettleMethodRow, type SettleRefusal, type Settled, SettlementFacts, settleMethodRow } from './settle-method-row.ts'
