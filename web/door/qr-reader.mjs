/* qr-reader.mjs – stands in for the module by which qr-scanner starts its worker from a text: ours is a file of
 * this house, as the page's policy wants. Used where the browser has no BarcodeDetector. */
export const createWorker = () => new Worker('@asset/qr-worker.js');
