/** What the tests use of it; the package ships no types. */
declare module 's3rver' {
  export default class S3rver {
    constructor(options: { port: number; address: string; silent: boolean; directory: string; configureBuckets: { name: string; configs: string[] }[] })
    readonly httpServer: import('node:http').Server
    run(): Promise<{ port: number }>
  }
}
