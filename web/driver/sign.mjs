/* sign.mjs – a signature drawn with the finger, a pen or a mouse. The paper is white in both schemes, since it is printed. */

export class Pad {
	constructor(canvas) {
		this.canvas = canvas;
		this.ink = canvas.getContext('2d');
		this.points = 0;
		this.pen = null;
		canvas.addEventListener('pointerdown', (e) => this.down(e));
		canvas.addEventListener('pointermove', (e) => this.move(e));
		for (const type of ['pointerup', 'pointercancel']) canvas.addEventListener(type, () => { this.pen = null; });
		this.clear();
	}
	clear() {
		const { width, height } = this.canvas;
		this.ink.fillStyle = '#fff';
		this.ink.fillRect(0, 0, width, height);
		Object.assign(this.ink, { lineWidth: 4, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' });
		this.points = 0;
	}
	/* A dot is no signature. */
	get empty() {
		return this.points < 4;
	}
	at(e) {
		const box = this.canvas.getBoundingClientRect();
		return [(e.clientX - box.left) * this.canvas.width / box.width, (e.clientY - box.top) * this.canvas.height / box.height];
	}
	down(e) {
		if (this.pen !== null || e.button > 0) return;
		this.canvas.setPointerCapture(e.pointerId);
		this.pen = [e.pointerId, ...this.at(e)];
		e.preventDefault();
	}
	move(e) {
		if (this.pen?.[0] !== e.pointerId) return;
		for (const one of e.getCoalescedEvents?.() ?? [e]) {
			const [x, y] = this.at(one);
			this.ink.beginPath();
			this.ink.moveTo(this.pen[1], this.pen[2]);
			this.ink.lineTo(x, y);
			this.ink.stroke();
			this.pen = [e.pointerId, x, y];
			this.points++;
		}
		e.preventDefault();
	}
	/* PNG in base64. */
	png() {
		return this.canvas.toDataURL('image/png').split(',')[1];
	}
}
