/* sound.mjs – an answer that is heard: one high tone, two middle ones, one low and rough. Telephones let a page
 * sound only after it was touched, so the context is made at the first touch. */

const TONES = { ok: [[880, 0, 0.12]], wait: [[520, 0, 0.09], [520, 0.14, 0.09]], no: [[150, 0, 0.4]] };
const SHAKES = { ok: [40], wait: [40, 60, 40], no: [200] };
let context = null;

export function wake() {
	const Make = window.AudioContext ?? window.webkitAudioContext;
	if (context === null && Make !== undefined) context = new Make();
	context?.resume();
}

export function sound(tone, muted) {
	navigator.vibrate?.(SHAKES[tone] ?? []);
	if (muted || context === null || context.state !== 'running') return;
	for (const [pitch, after, long] of TONES[tone] ?? []) {
		const o = context.createOscillator(), g = context.createGain(), at = context.currentTime + after;
		o.type = tone === 'no' ? 'sawtooth' : 'sine';
		o.frequency.value = pitch;
		g.gain.setValueAtTime(0.25, at);
		g.gain.exponentialRampToValueAtTime(0.001, at + long);
		o.connect(g).connect(context.destination);
		o.start(at);
		o.stop(at + long);
	}
}
