/** The drawing thread: one paper in, one file out. Drawing takes a tenth of a second of pure processor time, too long for the thread that serves pages. */
import { parentPort } from 'node:worker_threads'
import { drawPaper } from './draw-paper.ts'
import type { Paper } from './paper.ts'

export type Order = { readonly paper: Paper }
export type Delivery = { readonly pdf: Uint8Array<ArrayBuffer>; readonly error?: undefined } | { readonly pdf?: undefined; readonly error: string }

const answer = (delivery: Delivery): void => parentPort?.postMessage(delivery, [])

parentPort?.on('message', (order: Order) => {
  drawPaper(order.paper).then(
    (pdf) => answer({ pdf: new Uint8Array(pdf) }),
    (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
