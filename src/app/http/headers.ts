/** What every answer carries. The policy allows nothing inline and nothing from elsewhere (decision 29). */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

const COMMON: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  // The address of a dossier's page says something about a person: it is told to nobody else.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
}
const SECURE: Readonly<Record<string, string>> = { ...COMMON, 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

export const securityHeaders = (https: boolean): Readonly<Record<string, string>> => (https ? SECURE : COMMON)
