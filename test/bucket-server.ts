/**
 * s3rver, a bucket on this machine, in a process of its own: where one request takes away a file that another is opening, it throws past every listener, which
 * would end the tests. A real bucket answers the one who came too late; here the line is cut, and the client asks again.
 */
import S3rver from 's3rver'

const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: process.argv[2] ?? '', configureBuckets: [{ name: 'motcua', configs: [] }] })
process.on('uncaughtException', () => server.httpServer.closeAllConnections())
const { port } = await server.run()
process.send?.(port)
