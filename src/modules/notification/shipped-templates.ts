/** PURE. The templates that this version ships. */
import completionRequested from '../../../data/messages/completion-requested.json' with { type: 'json' }
import officerDigest from '../../../data/messages/officer-digest.json' with { type: 'json' }
import officerUrgent from '../../../data/messages/officer-urgent.json' with { type: 'json' }
import received from '../../../data/messages/received.json' with { type: 'json' }
import refused from '../../../data/messages/refused.json' with { type: 'json' }
import resultReady from '../../../data/messages/result-ready.json' with { type: 'json' }
import returned from '../../../data/messages/returned.json' with { type: 'json' }
import submitted from '../../../data/messages/submitted.json' with { type: 'json' }
import { type MessageTemplate, parseMessageTemplate } from './message-template.ts'

/** In the order of a dossier's life, officers' last. */
export const SHIPPED_TEMPLATES: readonly MessageTemplate[] = [
  submitted, completionRequested, refused, received, resultReady, returned, officerUrgent, officerDigest,
].map(parseMessageTemplate)

export const shippedTemplate = (kind: string): MessageTemplate | undefined => SHIPPED_TEMPLATES.find((template) => template.kind === kind)
