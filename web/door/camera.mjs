/* camera.mjs – codes from the camera: a picture a tenth of a second, read by qr-scanner (by the browser's own
 * BarcodeDetector where there is one). Loaded when the camera is first wanted: typing does not need it. */
import QrScanner from 'qr-scanner';

const EVERY_MS = 110;
let engine = null;

/* The text of one picture (image, canvas, video, file), or null. plain: without BarcodeDetector. */
export async function readPicture(source, plain = false, canvas = undefined) {
	if (plain) QrScanner._disableBarcodeDetector = true;
	engine ??= await QrScanner.createQrEngine();
	try {
		return (await QrScanner.scanImage(source, { qrEngine: engine, canvas, returnDetailedScanResult: true })).data;
	} catch {
		return null;
	}
}

export class Camera {
	/* seen(text) for each code; the same one again only after it was out of sight for two seconds. */
	constructor(video, seen) {
		Object.assign(this, { video, seen, stream: null, last: '', lastAt: 0, canvas: document.createElement('canvas') });
	}
	get on() {
		return this.stream !== null;
	}
	async start() {
		if (this.on) return;
		this.stream = await navigator.mediaDevices.getUserMedia({ audio: false,
			video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } } });
		this.video.srcObject = this.stream;
		await this.video.play();
		this.loop();
	}
	stop() {
		for (const t of this.stream?.getTracks() ?? []) t.stop();
		this.stream = null;
		this.video.srcObject = null;
	}
	async loop() {
		while (this.on) {
			const text = this.video.readyState >= 2 && !document.hidden ? await readPicture(this.video, false, this.canvas) : null;
			const now = Date.now();
			if (text !== null && this.on) {
				const again = text === this.last && now - this.lastAt < 2000;
				this.last = text;
				this.lastAt = now;
				if (!again) this.seen(text);
			}
			await new Promise((go) => setTimeout(go, EVERY_MS));
		}
	}
}
