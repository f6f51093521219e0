export { FormFieldsView, fieldIdOf } from './form-fields.tsx'
export { FiledAnswers, Warnings, readFiled } from './filed-answers.tsx'
export { placeRoutes } from './places.ts'
