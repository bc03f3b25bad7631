/* frames.mjs – a set of scans from one device to another without any network: as pictures that the other's camera
 * reads, or as a file. The bytes are JSON, pressed where the browser can ("Z"), else plain ("P"). */
import { correction, generate } from 'lean-qr';
import { bare, isScan, makeFrames } from './core.mjs';

async function through(bytes, stream) {
	return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

export function packText(event, scans) {
	return JSON.stringify({ event, scans: scans.map(bare) });
}

/* Scans of such a text, of this event and well formed; null: it is something else. */
export function unpackText(event, text) {
	try {
		const data = JSON.parse(text);
		return data.event === event && Array.isArray(data.scans) ? data.scans.filter(isScan).map(bare) : null;
	} catch {
		return null;
	}
}

export async function toFrames(event, scans) {
	const plain = new TextEncoder().encode(packText(event, scans));
	const pressed = 'CompressionStream' in window ? await through(plain, new CompressionStream('deflate-raw')) : null;
	const body = pressed ?? plain, all = new Uint8Array(body.length + 1);
	all[0] = pressed === null ? 80 : 90;
	all.set(body, 1);
	return makeFrames(all);
}

const MOST = 4 << 20; /* of a set once it is opened: a bomb is not read to its end */

export async function fromBytes(event, bytes) {
	try {
		let body = bytes.slice(1);
		if (bytes[0] === 90) body = await through(body, new DecompressionStream('deflate-raw'));
		if (body.length > MOST) return null;
		return unpackText(event, new TextDecoder().decode(body));
	} catch {
		return null;
	}
}

/* One frame onto a canvas; black on white whatever the scheme, since a camera reads it. */
export function drawFrame(canvas, text) {
	generate(text, { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.M }).toCanvas(canvas,
		{ on: [0, 0, 0, 255], off: [255, 255, 255, 255], pad: 4 });
}
