export { STEP_KEYS, type StepKey, type StepUnit, stepLabel } from './definition.ts'
export { type Process, type ProcessStep, deriveProcess } from './derive-process.ts'
export { type RegimeForm, canonicalAgencyCode, canonicalDossierCode, dossierCodeForm, formOn, regimeOn } from './regime.ts'
