export { FormFieldsView, fieldIdOf } from './form-fields.tsx'
export { FiledAnswers, Warnings, readFiled } from './filed-answers.tsx'
export { type Answerable, NOTE, Sheets, SupplementAnswer, askedOf, markedFields, papersOf, typedMarked } from './supplement-answer.tsx'
export { placeRoutes } from './places.ts'
