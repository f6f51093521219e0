// Every command enters here. Written for any Node, so that an old one gets a sentence instead of a syntax error.
var parts = process.versions.node.split('.').map(Number)
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 18)) {
  console.error('Một Cửa needs Node 22.18 or newer; this is ' + process.versions.node + '. Start it with "npm start", which brings its own Node on Linux and Windows.')
  process.exit(1)
}
process.env.NODE_ENV = process.env.NODE_ENV || 'production'
import('../dist/main.js').catch(function (error) {
  if (error && error.code === 'ERR_MODULE_NOT_FOUND' && /dist.main\.js/.test(String(error.message))) {
    console.error('The program is not built yet: run "npm install" (or "npm run build") first.')
  } else console.error(error)
  process.exit(1)
})
