/** The embedded server of a test run, thrown away afterwards. */
export const startTestServer = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  throw new Error('embedded server not built yet: set TEST_DATABASE_URL')
}
