export { DEFAULT_DEFINITION, type ProcessDefinition, type ProcessLevel, STEP_KEYS, type StepKey, type StepUnit, parseDefinition, stepLabel } from './definition.ts'
export { type DeriveInput, type Process, type ProcessLimit, type ProcessStep, deriveProcess, workingMinutes } from './derive-process.ts'
export { type ProcessFault, checkProcess } from './check-process.ts'
export {
  FORM_SLUGS,
  type FormSlug,
  REGIMES,
  type Regime,
  type RegimeForm,
  canonicalAgencyCode,
  canonicalDossierCode,
  dossierCodeForm,
  formOn,
  formatDossierCode,
  regimeById,
  regimeOn,
} from './regime.ts'
