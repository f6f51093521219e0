/** Plain ids that no foreign key can hold, because they point into a partitioned table (decision 13): each module offers its checks, `verify` runs them. */
import { codeIntegrity } from '#modules/dossier'
import type { IntegrityCheck } from '#platform/log/verify.ts'

export const INTEGRITY_CHECKS: readonly IntegrityCheck[] = [codeIntegrity]
