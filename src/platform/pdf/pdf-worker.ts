/** The drawing thread: one paper in, one file out. Drawing takes tens of milliseconds of pure processor time, too long for the thread that serves pages. */
import { parentPort } from 'node:worker_threads'
import { drawPaper } from './draw-paper.ts'
import type { Paper } from './paper.ts'

export type Order = { readonly id: number; readonly paper: Paper }
export type Delivery = { readonly id: number; readonly pdf?: Uint8Array; readonly error?: string }

const answer = (delivery: Delivery): void => parentPort?.postMessage(delivery, [])

parentPort?.on('message', (order: Order) => {
  drawPaper(order.paper).then(
    (pdf) => answer({ id: order.id, pdf }),
    (error: unknown) => answer({ id: order.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
