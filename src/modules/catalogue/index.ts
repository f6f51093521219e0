export { type HistoryLine, catalogueHistory, listProcedureHistory } from './catalogue-history.ts'
export type { ProcedureSummary } from './catalogue-snapshot.ts'
export { type ComparedField, type DiffLine, compareRevisions } from './compare-revisions.ts'
export { caseName, displayName, paperName, slugOf, textBlocks } from './display-text.ts'
export { findFeeAsOf } from './fee-as-of.ts'
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
export { addRow, answersFromFields, fieldsFromAnswers, prefillAnswers, removeRow, textsOf } from './forms/answers.ts'
export { checkAnswers, warningsOf } from './forms/check-answers.ts'
export { holds } from './forms/condition.ts'
export type { AnswerErrors, ElectronicForm, FormField, FormGroup, FormItem, FormRows, FormSection } from './forms/electronic-form.ts'
export { findForm, formOf, formsWithToday, getForm } from './forms/get-form.ts'
export { choicesOf } from './forms/lists.ts'
export { listCommunes, listProvinces } from './forms/places.ts'
export { type MarkedField, answersWith, fieldsToMark, wordsAt } from './forms/marked.ts'
export { bind, nameOf, valueAt } from './forms/pointers.ts'
export { type FormSummary, answersInWords, summaryOf } from './forms/summary.ts'
export { rowCount } from './forms/walk.ts'
