/* signature.mjs – Ed25519 by @noble, not by WebCrypto: it must answer over plain HTTP too, and in browsers
 * that have no Ed25519 of their own. ZIP 215 is off: exactly the signatures that the house's libsodium takes. */
import { hashes, verify } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';

hashes.sha512 = sha512;

export function checkSignature(signature, message, key) {
	return verify(signature, message, key, { zip215: false });
}
