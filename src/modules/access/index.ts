export { type Scope, authorise, authoriseAccount, can, postFor, proceduresFor } from './authorise.ts'
export { type ChangePassword, type PasswordRefusal, type ResetPassword, changePassword, confirmIdentity, disableAccount, enableAccount, resetPassword } from './change-account.ts'
export { accountsOfPerson } from './accounts-of-person.ts'
export { accountErasures } from './erasure-subscription.ts'
export { findIdentity, getOwnIdentity } from './find-identity.ts'
export { type AccountCreated, type AccountRefusal, CreateAccount, createAccount } from './create-account.ts'
export { SESSION_COOKIE, SESSION_MS, type Session, type SessionPost, actorOf, findSession, permissionsEverywhere, permissionsOf, postInWords } from './find-session.ts'
export { KEPT_FORM_MS, type KeptForm, findKeptForm, keepForm, sweepKeptForms } from './kept-form.ts'
export { type Account, type AccountFilter, getAccount, listAccounts } from './list-accounts.ts'
export { type NewAccount, openAccount } from './open-account.ts'
export { MIN_PASSWORD, type WeakPassword, hashPassword, inventPassword, passwordWeakness } from './password.ts'
export { DELEGABLE, PERMISSIONS, type Permission, ROLES, type Role, STAND_IN_POWERS, roleCarries } from './permissions.ts'
export { openSessions } from './open-sessions.ts'
export { prolongSessions } from './prolong-sessions.ts'
export { ownSecondFactor } from './own-second-factor.ts'
export { type FactorRefusal, beginSecondFactor, confirmSecondFactor, giveSecondFactor, resetSecondFactor } from './second-factor.ts'
export { base32, otpauthUri } from './totp.ts'
export { type SeededAccount, seedAccounts } from './seed-accounts.ts'
export { type SignUpTry, countSignUp, failSignUp, forgiveSignUp } from './sign-up-attempts.ts'
export { tokenOfCookie, useSessionSecret } from './session-secret.ts'
export {
  type OwnSession,
  SignIn,
  type SignInRefusal,
  type SignedInSession,
  endSession,
  listOwnSessions,
  signIn,
  signOut,
  signOutEverywhere,
} from './sign-in.ts'
export { openWords, sealWords } from './sealed-words.ts'
