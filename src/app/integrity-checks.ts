/** What no foreign key can hold: plain ids that point into a partitioned table (decision 13), rows that must say what the log says. Each module offers its checks, `verify` runs them. */
import { codeIntegrity, fileIntegrity } from '#modules/dossier'
import type { IntegrityCheck } from '#platform/log/verify.ts'

export const INTEGRITY_CHECKS: readonly IntegrityCheck[] = [codeIntegrity, fileIntegrity]
