/** Everything that is read from the log, in one table. Each reader keeps its own place, may be replayed from the first event, and does not wait for the others. */
import { accountErasures } from '#modules/access'
import { catalogueHistory } from '#modules/catalogue'
import { dossierErasures, dossierMessages, liveQueues } from '#modules/dossier'
import { personErasures } from '#modules/organisation'
import { auditSubscription } from '#modules/transparency'
import type { Subscription } from '#platform/log/subscriptions.ts'

export const SUBSCRIPTIONS: readonly Subscription[] = [accountErasures, auditSubscription, catalogueHistory, dossierErasures, dossierMessages, liveQueues, personErasures]
