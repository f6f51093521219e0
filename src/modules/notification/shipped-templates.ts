/** PURE. The templates that this version ships. */
import completionRequested from '../../../data/messages/completion-requested.json' with { type: 'json' }
import officerDigest from '../../../data/messages/officer-digest.json' with { type: 'json' }
import officerEscalatedList from '../../../data/messages/officer-escalated-list.json' with { type: 'json' }
import officerEscalated from '../../../data/messages/officer-escalated.json' with { type: 'json' }
import officerUrgent from '../../../data/messages/officer-urgent.json' with { type: 'json' }
import received from '../../../data/messages/received.json' with { type: 'json' }
import refused from '../../../data/messages/refused.json' with { type: 'json' }
import resultReady from '../../../data/messages/result-ready.json' with { type: 'json' }
import returned from '../../../data/messages/returned.json' with { type: 'json' }
import submitted from '../../../data/messages/submitted.json' with { type: 'json' }
import apologised from '../../../data/messages/apologised.json' with { type: 'json' }
import extended from '../../../data/messages/extended.json' with { type: 'json' }
import dueCorrected from '../../../data/messages/due-corrected.json' with { type: 'json' }
import halted from '../../../data/messages/halted.json' with { type: 'json' }
import paymentRequested from '../../../data/messages/payment-requested.json' with { type: 'json' }
import reopened from '../../../data/messages/reopened.json' with { type: 'json' }
import resumed from '../../../data/messages/resumed.json' with { type: 'json' }
import stopped from '../../../data/messages/stopped.json' with { type: 'json' }
import supplementRequested from '../../../data/messages/supplement-requested.json' with { type: 'json' }
import noLongerYours from '../../../data/messages/no-longer-yours.json' with { type: 'json' }
import withdrawn from '../../../data/messages/withdrawn.json' with { type: 'json' }
import consultationAsked from '../../../data/messages/consultation-asked.json' with { type: 'json' }
import consultationClosed from '../../../data/messages/consultation-closed.json' with { type: 'json' }
import consultationReminder from '../../../data/messages/consultation-reminder.json' with { type: 'json' }
import inspectionCancelled from '../../../data/messages/inspection-cancelled.json' with { type: 'json' }
import inspectionPlanned from '../../../data/messages/inspection-planned.json' with { type: 'json' }
import { type MessageTemplate, parseMessageTemplate } from './message-template.ts'

/** In the order of a dossier's life, officers' last. */
export const SHIPPED_TEMPLATES: readonly MessageTemplate[] = [
  submitted, completionRequested, refused, received, supplementRequested, paymentRequested, inspectionPlanned, inspectionCancelled, halted, resumed, dueCorrected, extended, apologised, stopped, withdrawn, resultReady, returned, reopened, noLongerYours,
  consultationAsked, consultationReminder, consultationClosed, officerUrgent, officerEscalated, officerEscalatedList, officerDigest,
].map(parseMessageTemplate)

export const shippedTemplate = (kind: string): MessageTemplate | undefined => SHIPPED_TEMPLATES.find((template) => template.kind === kind)
