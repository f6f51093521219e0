export { FormFieldsView, fieldIdOf } from './form-fields.tsx'
export { FiledAnswers } from './filed-answers.tsx'
export { placeRoutes } from './places.ts'
