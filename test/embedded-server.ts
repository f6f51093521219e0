/** The embedded server of a test run. */
export { startThrowaway as startTestServer } from '#platform/db/embedded/throwaway.ts'
