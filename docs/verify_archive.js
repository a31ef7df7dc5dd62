/* Checks the sealed archive of a matter as docs/ledger.md describes it ("The archive"): in a browser, also from a page
   that lies on a disk (file://), or with `node verify_archive.js ARCHIVE [--key VKEY] [--manifest HASH] [--json]`.

   One file without any library. It shares no code with the site nor with verify_ledger.py, on purpose: whoever doubts
   one of them has the other. Nothing is sent anywhere. */
'use strict';
(() => {
  const VERSION = 1;
  const PARTS = {
    zip: 'Tệp nén: mỗi tên một lần, không có gì giấu bên ngoài',
    manifest: 'Danh mục mã băm nêu đủ mọi tệp',
    files: 'Mã băm của từng tệp',
    log: 'Nhật ký: đúng dạng, liền mạch, mục sau khớp mục trước',
    signature: 'Điểm kiểm tra có chữ ký của trang, đúng mã gốc',
    witnesses: 'Điểm kiểm tra nhân chứng đã ký thuộc nhật ký này',
    tiles: 'Các ô băm khớp nhật ký',
    matter: 'Tên đợt, tài liệu, thời hạn, dự thảo',
    comments: 'Nội dung ý kiến và trả lời đúng như đã ghi',
    sums: 'Hai bảng số tính lại được từ nhật ký',
    tables: 'Các bảng (CSV, JSON, XLSX) khớp nhật ký',
    pages: 'Các trang khớp nhật ký và bảng',
  };
  const HOLDS = 'Mọi phần đều khớp.';
  const FORKS = 'Trang có đưa cho người khác một nhật ký khác hay không thì chỉ so điểm kiểm tra với nhau mới biết.';
  const OWN_KEY = 'Khóa dùng để kiểm tra chữ ký là khóa ghi trong gói; hãy nhập khóa đã biết từ nơi khác nếu có.';
  const BROKEN = 'Gói này không khớp. Xin giữ nguyên tệp và báo cho cơ quan đang lấy ý kiến. Chỗ sai:';
  const SEAL = 'Mã băm của SHA256SUMS, để so với trang nhật ký:';

  class Bad extends Error {}
  const need = (holds, why) => { if (!holds) throw new Bad(why); };

  // -- Bytes ----------------------------------------------------------------------------------------------------------

  const encoder = new TextEncoder();
  const bytesOf = (text) => encoder.encode(text);
  const textOf = (data, name) => {
    try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data); } catch { throw new Bad(`${name}: not UTF-8`); }
  };
  const hexOf = (data) => Array.from(data, (one) => one.toString(16).padStart(2, '0')).join('');
  const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
    parts.reduce((at, one) => { whole.set(one, at); return at + one.length; }, 0);
    return whole;
  };
  const same = (one, two) => one.length === two.length && one.every((value, at) => value === two[at]);
  const fromBase64 = (text) => {
    let plain;
    try { plain = atob(text); } catch { throw new Bad('base64 is malformed'); }
    need(btoa(plain) === text, 'base64 is malformed');
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };

  // -- SHA-256 and SHA-512 (FIPS 180-4), the constants worked out from the primes ----------------------------------------

  const primes = [];
  for (let number = 2; primes.length < 80; number += 1) if (primes.every((one) => number % one)) primes.push(number);
  const rootOf = (value, power) => {
    let low = 0n;
    let high = 1n << 80n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** power <= value) low = middle; else high = middle;
    }
    return low;
  };
  const fraction = (prime, power) => rootOf(BigInt(prime) << (64n * power), power) & ((1n << 64n) - 1n);
  const WIDE_K = primes.map((one) => fraction(one, 3n));
  const WIDE_H = primes.slice(0, 8).map((one) => fraction(one, 2n));
  const K = Int32Array.from(WIDE_K.slice(0, 64), (one) => Number(one >> 32n) | 0);
  const H = Int32Array.from(WIDE_H, (one) => Number(one >> 32n) | 0);

  function padded(data, block) {
    const length = Math.ceil((data.length + 1 + block / 8) / block) * block;
    const whole = new Uint8Array(length);
    whole.set(data);
    whole[data.length] = 0x80;
    const view = new DataView(whole.buffer);
    view.setUint32(length - 8, Math.floor(data.length / 2 ** 29));
    view.setUint32(length - 4, (data.length << 3) >>> 0);
    return view;
  }

  function sha256(data) {
    const view = padded(data, 64);
    const state = Int32Array.from(H);
    const words = new Int32Array(64);
    for (let start = 0; start < view.byteLength; start += 64) {
      for (let at = 0; at < 16; at += 1) words[at] = view.getInt32(start + at * 4);
      for (let at = 16; at < 64; at += 1) {
        const x = words[at - 15];
        const y = words[at - 2];
        const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3);
        const s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10);
        words[at] = (words[at - 16] + s0 + words[at - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let at = 0; at < 64; at += 1) {
        const s1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
        const one = (h + s1 + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
        const s0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
        const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, at) => { state[at] = (state[at] + value) | 0; });
    }
    const out = new Uint8Array(32);
    state.forEach((value, at) => new DataView(out.buffer).setInt32(at * 4, value));
    return out;
  }

  function sha512(data) {
    const mask = (1n << 64n) - 1n;
    const turn = (value, by) => ((value >> by) | (value << (64n - by))) & mask;
    const view = padded(data, 128);
    let state = [...WIDE_H];
    for (let start = 0; start < view.byteLength; start += 128) {
      const words = [];
      for (let at = 0; at < 16; at += 1) words.push(view.getBigUint64(start + at * 8));
      for (let at = 16; at < 80; at += 1) {
        const x = words[at - 15];
        const y = words[at - 2];
        const s0 = turn(x, 1n) ^ turn(x, 8n) ^ (x >> 7n);
        const s1 = turn(y, 19n) ^ turn(y, 61n) ^ (y >> 6n);
        words.push((words[at - 16] + s0 + words[at - 7] + s1) & mask);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let at = 0; at < 80; at += 1) {
        const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
        const one = (h + s1 + ((e & f) ^ ((e ^ mask) & g)) + WIDE_K[at] + words[at]) & mask;
        const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
        const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & mask;
        h = g; g = f; f = e; e = (d + one) & mask; d = c; c = b; b = a; a = (one + two) & mask;
      }
      state = [a, b, c, d, e, f, g, h].map((value, at) => (state[at] + value) & mask);
    }
    return fromHex(state.map((value) => value.toString(16).padStart(16, '0')).join(''));
  }

  const hashOf = (data) => hexOf(sha256(data));
  /* Long files by the browser's own, where a page from a disk may use it. */
  const longHash = async (data) => (data.length > 1 << 16 && globalThis.crypto && crypto.subtle
    ? hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', data))) : hashOf(data));

  // -- Ed25519 (RFC 8032), verification: the browser's own where it has it, and otherwise this -----------------------------

  const P = (1n << 255n) - 19n;
  const L = (1n << 252n) + 27742317777372353535851937790883648493n;
  const mod = (value, by = P) => ((value % by) + by) % by;
  const power = (base, exponent) => {
    let result = 1n;
    for (let left = exponent, square = mod(base); left; left >>= 1n, square = square * square % P) {
      if (left & 1n) result = result * square % P;
    }
    return result;
  };
  const inverse = (value) => power(value, P - 2n);
  const D = mod(-121665n * inverse(121666n));
  const little = (data) => BigInt(`0x${hexOf(Uint8Array.from(data).reverse()) || '0'}`);

  function unpacked(data) {
    const number = little(data);
    const y = number & ((1n << 255n) - 1n);
    if (y >= P) return null;
    const square = mod((y * y - 1n) * inverse(D * y * y + 1n));
    let x = power(square, (P + 3n) / 8n);
    if (mod(x * x - square)) x = mod(x * power(2n, (P - 1n) / 4n));
    if (mod(x * x - square) || (!x && number >> 255n)) return null;
    if ((x & 1n) !== number >> 255n) x = P - x;
    return [x, y, 1n, mod(x * y)];
  }

  function plus([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = mod((y1 - x1) * (y2 - x2));
    const b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * t1 * t2 * D);
    const d = mod(2n * z1 * z2);
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }

  function times(factor, point) {
    let result = [0n, 1n, 1n, 0n];
    for (let left = factor, doubled = point; left; left >>= 1n, doubled = plus(doubled, doubled)) {
      if (left & 1n) result = plus(result, doubled);
    }
    return result;
  }

  function ownSignatureHolds(key, message, signature) {
    const point = unpacked(key);
    const s = little(signature.subarray(32));
    if (!point || s >= L) return false;
    const y = mod(4n * inverse(5n));
    const base = unpacked(fromHex(y.toString(16).padStart(64, '0')).reverse());
    const k = mod(little(sha512(joined(signature.subarray(0, 32), key, message))), L);
    const [x, py, z] = plus(times(s, base), times(k, [P - point[0], point[1], 1n, P - point[3]]));
    const packed = (mod(x * inverse(z)) & 1n) << 255n | mod(py * inverse(z));
    return same(fromHex(packed.toString(16).padStart(64, '0')).reverse(), signature.subarray(0, 32));
  }

  async function signatureHolds(key, message, signature) {
    if (key.length !== 32 || signature.length !== 64) return false;
    try {
      const known = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
      return await crypto.subtle.verify({ name: 'Ed25519' }, known, signature, message);
    } catch {
      return ownSignatureHolds(key, message, signature);
    }
  }

  // -- Canonical JSON, commitments, the tree ---------------------------------------------------------------------------

  function canonical(value) {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'number') {
      need(Number.isSafeInteger(value), 'a fraction, or too large a number');
      return String(value);
    }
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    need(typeof value === 'object', 'no JSON');
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  const alike = (one, two) => canonical(one === undefined ? 'undefined' : one) === canonical(two);
  const digest = (value) => hashOf(bytesOf(canonical(value)));
  const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
  const opens = (field, value, salt, expected) => isHash(salt)
    && hashOf(joined(fromHex(salt), bytesOf(canonical({ field, value })))) === expected;

  const leafOf = (text) => sha256(joined(Uint8Array.of(0), bytesOf(text)));
  const nodeOf = (left, right) => sha256(joined(Uint8Array.of(1), left, right));
  function rootOver(leaves) {
    if (!leaves.length) return sha256(new Uint8Array(0));
    let level = leaves;
    while (level.length > 1) {
      const above = [];
      for (let at = 0; at < level.length; at += 2) {
        above.push(at + 1 < level.length ? nodeOf(level[at], level[at + 1]) : level[at]);
      }
      level = above;
    }
    return level[0];
  }
  const splitAt = (size) => { let part = 1; while (part * 2 < size) part *= 2; return part; };
  function proofOf(index, leaves) {
    if (leaves.length <= 1) return [];
    const middle = splitAt(leaves.length);
    return index < middle
      ? [...proofOf(index, leaves.slice(0, middle)), rootOver(leaves.slice(middle))]
      : [...proofOf(index - middle, leaves.slice(middle)), rootOver(leaves.slice(0, middle))];
  }
  function consistencyOf(first, leaves, whole = true) {
    if (first === leaves.length) return whole ? [] : [rootOver(leaves)];
    const middle = splitAt(leaves.length);
    return first <= middle
      ? [...consistencyOf(first, leaves.slice(0, middle), whole), rootOver(leaves.slice(middle))]
      : [...consistencyOf(first - middle, leaves.slice(middle), false), rootOver(leaves.slice(0, middle))];
  }

  // -- The ZIP: read piece by piece, never more than it says ---------------------------------------------------------------

  const NAME = /^[0-9A-Za-z_-][0-9A-Za-z_.-]*(\/[0-9A-Za-z_-][0-9A-Za-z_.-]*)*$/;
  const LARGEST = 2 ** 31;
  const BOMB = 64 * 1024 * 1024;
  const CRCS = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? value >>> 1 ^ 0xedb88320 : value >>> 1;
    return value;
  });
  const crc = (data) => {
    let value = -1;
    for (let at = 0; at < data.length; at += 1) value = CRCS[(value ^ data[at]) & 255] ^ value >>> 8;
    return (value ^ -1) >>> 0;
  };

  /* `file` has a size and slice(from, to), which promises bytes. */
  async function unzipped(file, tightly = true) {
    const viewOf = async (from, length) => {
      need(from >= 0 && from + length <= file.size, 'the file ends too early');
      const data = await file.slice(from, from + length);
      return new DataView(data.buffer, data.byteOffset, data.byteLength);
    };
    const nameAt = (view, at, length) => String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
    const end = await viewOf(file.size - 22, 22);
    need(end.getUint32(0, true) === 0x06054b50 && !end.getUint16(20, true), 'something lies behind the parts');
    const count = end.getUint16(10, true);
    const start = end.getUint32(16, true);
    const length = end.getUint32(12, true);
    need(count && count < 65535 && end.getUint16(8, true) === count && start + length + 22 === file.size, 'the end says something else');
    const listed = await viewOf(start, length);
    const found = new Map();
    let at = 0;
    let place = 0;
    for (let number = 0; number < count; number += 1) {
      need(at + 46 <= length && listed.getUint32(at, true) === 0x02014b50, 'the list of parts is malformed');
      const [names, extra, remark] = [28, 30, 32].map((offset) => listed.getUint16(at + offset, true));
      const name = nameAt(listed, at + 46, names);
      const part = {
        name, packed: listed.getUint32(at + 20, true), size: listed.getUint32(at + 24, true),
        method: listed.getUint16(at + 10, true), crc: listed.getUint32(at + 16, true), from: listed.getUint32(at + 42, true),
      };
      const flags = listed.getUint16(at + 8, true);
      need((!tightly || (NAME.test(name) && !name.includes('..'))) && !found.has(name), `a part twice, or by no plain name: ${JSON.stringify(name)}`);
      need([0, 8].includes(part.method) && !(flags & ~0x800), `${name} is packed in an unknown way`);
      need(part.size <= LARGEST && !(part.size > BOMB && part.size > 100 * part.packed), `${name} would be too large`);
      if (tightly) need(part.from === place, `something lies before ${name}`);
      const header = await viewOf(part.from, 30);
      const [own, more] = [26, 28].map((offset) => header.getUint16(offset, true));
      const beside = nameAt(await viewOf(part.from + 30, own), 0, own);
      need(header.getUint32(0, true) === 0x04034b50 && beside === name, `${name} bears another name where it lies`);
      part.data = part.from + 30 + own + more;
      place = part.data + part.packed;
      found.set(name, part);
      at += 46 + names + extra + remark;
    }
    need(at === length && (!tightly || place === start), 'something lies behind the parts');
    const read = async (name) => {
      const part = found.get(name);
      need(part, `${name} is not in the archive`);
      const packed = await file.slice(part.data, part.data + part.packed);
      const data = part.method ? await inflated(packed, part.size, name) : packed;
      need(data.length === part.size && crc(data) === part.crc, `${name} is not what it says`);
      return data;
    };
    return { names: [...found.keys()], read };
  }

  async function inflated(packed, size, name) {
    const whole = new Uint8Array(size);
    let at = 0;
    try {
      const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (at + value.length > size) { reader.cancel().catch(() => {}); throw new Bad('longer'); }
        whole.set(value, at);
        at += value.length;
      }
    } catch {
      throw new Bad(`${name} cannot be read`);
    }
    return whole.subarray(0, at);
  }

  // -- What the log says, entry by entry ---------------------------------------------------------------------------------

  const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
  const isNumber = (value) => isCount(value) && value > 0;
  const isText = (value) => typeof value === 'string';
  const isCode = (value) => isText(value) && /^[a-z][a-z0-9_]*$/.test(value);
  const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  const isDay = (value) => isText(value) && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    && new Date(value).toISOString().slice(0, 10) === value;
  const isMoment = (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && isDay(value.slice(0, 10))
    && !Number.isNaN(Date.parse(value)) && value.slice(11, 13) < '24';
  const isFlag = (value) => typeof value === 'boolean';
  const or = (test) => (value) => value === null || test(value);
  const oneOf = (...values) => (value) => values.includes(value);
  const exactly = (tests) => (value) => isObject(value) && Object.keys(value).length === Object.keys(tests).length
    && Object.entries(tests).every(([name, test]) => name in value && test(value[name]));
  const every = (test) => (value) => Array.isArray(value) && value.every(test);
  const rising = (value) => every(isNumber)(value) && value.every((one, at) => !at || one > value[at - 1]);
  const some = (value) => rising(value) && value.length > 0;
  const reasons = (value) => isObject(value) && Object.entries(value).every(([name, count]) => isCode(name) && isNumber(count));
  const isAnchor = or((value) => exactly({
    document: isNumber, revision: isNumber, path: or(isText), page: or(isNumber), quote: isFlag,
  })(value) && (value.path === null || value.page === null));
  const counts = (names, byReason) => exactly({
    ...Object.fromEntries(names.map((name) => [name, isCount])), [byReason]: reasons,
  });
  const isOutcome = counts(['received', 'withdrawn', 'split', 'passed_on', 'answered', 'awaiting'], 'invalid');
  const isVisibility = counts(['total', 'in_check', 'public', 'redacted', 'quarantined'], 'withheld');
  const published = {
    title: isText, matter: isCode, procedure: isCode, disclosure: oneOf('on_release', 'at_once', 'with_answers'), facts: isHash,
    documents: every(exactly({ document: isNumber, role: isCode, title: isText, revision: isNumber, sha256: isHash, outline: isHash })),
    periods: every(exactly({ audience: isCode, opens: isMoment, closes: or(isMoment) })),
  };
  const comment = isNumber;
  const FIELDS = {
    published,
    extended: { audience: isCode, closes: isMoment, reason: isText },
    issued: { revision: isNumber, number: isText, day: isDay },
    in_force: { day: or(isDay) },
    answers_extended: { closes: isMoment, reason: isText },
    withdrawn_matter: { reason: isText },
    sealed: { size: isCount, root: isHash, received: isCount },
    majority_answered: { anchor: isAnchor, in_favour: isCount, against: isCount, follows: isFlag, text: isHash },
    concluded: { outcome: isOutcome, visibility: isVisibility },
    received: {
      comment, submission: isNumber, submission_kind: oneOf('comment', 'formal', 'critique'), channel: isCode, day: isDay,
      anchor: isAnchor, part_of: or(isNumber), commitments: exactly({ text: isHash, identity: isHash, contact: isHash, attachments: isHash }),
    },
    amended: { comment, version: isNumber, text: isHash },
    withdrawn: { comment }, author_left: { comment }, released: { comment }, reinstated: { comment },
    joined: { comment, joiner: isNumber },
    joining_withdrawn: { comment, joiner: isNumber },
    transcribed: { comment, version: isNumber, text: isHash },
    withheld: { comment, reason: isCode },
    redacted: { comment, reason: isCode, text: isHash },
    invalid: { comment, reason: isCode },
    split: { comment, into: some },
    moved: { comment, place: (value) => isNumber(value) && value > 1, anchor: isAnchor, hash: isHash },
    passed_on: { count: isNumber },
    answered: { comments: some, response: isNumber, version: isNumber, disposition: isCode, hash: isHash },
    remarked: { comment, response: isNumber, version: isNumber, hash: isHash },
    second_word: {
      comment, response: isNumber, version: isNumber, verdict: oneOf('satisfied', 'unsatisfied'), until: or(isDay), hash: isHash,
    },
    second_word_paper: { paper: isNumber, submission: isNumber, comments: some, received: isDay, scan: isHash },
    dialogue_called: { dialogue: isNumber, comments: some, day: isDay, until: isDay, hash: isHash },
    dialogue_held: { dialogue: isNumber, agreed: rising, open: rising, minutes: isHash, hash: isHash },
    referred: { comment, referral: isNumber, body: isText, day: isDay, until: isDay },
    referral_answered: { comment, referral: isNumber, day: isDay, hash: isHash },
    question_asked: { comment, until: isDay, text: isHash },
    question_replied: { comment, text: isHash },
    scan_set_aside: { submission: isNumber, scans: isNumber },
    codes_issued: { submission: isNumber },
    name_hidden: { submission: isNumber },
    letter_amended: { submission: isNumber, version: (value) => isNumber(value) && value > 1, letter: isHash },
    signed_copy: { copy: isNumber, paper: isCode, hash: isHash, size: isNumber, number: isText, day: isDay },
    signed_copy_set_aside: { copy: isNumber, reason: isText },
    taken_up: { proposals: isText, proposal: isNumber },
    proposals_bundled: { submission: isNumber, proposals: every(exactly({ matter: isText, proposal: isNumber })) },
    handed_to_appraisal: { package: isNumber, hash: isHash, size: isNumber },
    promise_made: {
      promise: isNumber, promise_kind: oneOf('recommendation', 'task', 'remedy', 'decision', 'case'), due: isDay, hash: isHash,
    },
    promise_changed: { promise: isNumber, hash: isHash, reason: isText },
    promise_said: { promise: isNumber, act: isNumber, said: oneOf('answer', 'follow'), hash: isHash },
    promise_moved: { promise: isNumber, act: isNumber, was: isDay, due: isDay, hash: isHash },
    promise_ended: { promise: isNumber, ending: oneOf('done', 'withdrawn', 'taken_over'), day: isDay, hash: isHash },
    case_joined: { promise: isNumber, comments: some },
    case_reopened: { promise: isNumber, was: isDay, due: isDay },
    epoch: { epoch: (value) => isNumber(value) && value > 1, size: isCount, root: isHash, checkpoint: isText, reason: isText },
    brought_back: { comment, epoch: isNumber, was: isCount, leaf: isHash },
    log_checkpoint: { origin: isText, size: isNumber, root: isHash },
  };
  /* Fields that entries of before do not have. */
  const LATER = { received: { shown: isHash } };
  const isKnown = (kind) => Object.hasOwn(FIELDS, kind);

  function readEntry(index, text) {
    let entry;
    try { entry = JSON.parse(text); } catch { throw new Bad(`entry ${index}: not JSON`); }
    need(isObject(entry) && canonical(entry) === text && text.isWellFormed?.() !== false, `entry ${index}: not canonical`);
    need(entry.index === index && entry.v === 1 && isCode(entry.kind) && isMoment(entry.at), `entry ${index}: not in its place or form`);
    for (const [name, test] of Object.entries(isKnown(entry.kind) ? FIELDS[entry.kind] : {})) {
      need(name in entry && test(entry[name]), `entry ${index}: field ${name} is malformed`);
    }
    for (const [name, test] of Object.entries(LATER[entry.kind] || {})) {
      need(!(name in entry) || test(entry[name]), `entry ${index}: field ${name} is malformed`);
    }
    return entry;
  }

  const outcomeOf = (one) => (one.withdrawn ? 'withdrawn' : one.invalid !== null ? 'invalid' : one.parts.size ? 'split' : one.answered ? 'answered' : 'open');

  /* Reads the log in order; what does not follow from the entries before it is refused. */
  function replayed(entries, leaves) {
    const comments = new Map();
    const log = { comments, passed: 0, joinings: 0, epochs: [], sealed: false, nameless: new Set() };
    const noted = new Map();
    const versions = new Map();
    const letters = new Map();
    const aside = new Map();
    const referrals = new Map();
    const dialogues = [];
    const back = new Set();
    const promises = new Map();
    const promised = (entry) => {
      need(promises.has(entry.promise), `entry ${entry.index}: promise ${entry.promise} was not made before`);
      return promises.get(entry.promise);
    };
    let papers = 0;
    const awaiting = () => [...comments.values()].filter((one) => outcomeOf(one) === 'open').length - log.passed;
    const show = (one, visibility, reason = null) => { if (!one.withdrawn) Object.assign(one, { visibility, reason }); };
    const submitted = (number) => [...comments.values()].some((one) => one.received.submission === number);
    const remark = (entry, one) => {
      need(!one.remarked && one.answered && one.answered.response === entry.response, `entry ${entry.index}: no such answer, or a remark before`);
      one.remarked = entry;
    };
    const acts = {
      received(entry) {
        need(entry.comment === comments.size + 1, `entry ${entry.index}: comment ${comments.size + 1} is next`);
        if (entry.part_of !== null) need(comments.has(entry.part_of), `entry ${entry.index}: part of what was not received`);
        else need(!(log.sealed && entry.submission_kind === 'comment' && ['web', 'api'].includes(entry.channel)), `entry ${entry.index}: after the seal`);
        comments.set(entry.comment, {
          received: entry, text: entry.commitments.text, version: 1, withdrawn: false, invalid: null, parts: new Set(), moves: [],
          answered: null, visibility: 'unreleased', reason: null, redaction: '', transcript: null, transcripts: 0,
          joiners: new Set(), left: false, asked: false, replied: false, remarked: null, unsatisfied: null,
        });
      },
      amended(entry, one) {
        need(entry.version === one.version + 1 && !one.joiners.size && !one.left, `entry ${entry.index}: could not be amended so`);
        Object.assign(one, { version: entry.version, text: entry.text });
        show(one, 'unreleased');
      },
      withdrawn(entry, one) {
        need(!one.joiners.size, `entry ${entry.index}: others have joined it`);
        show(one, 'withheld', 'withdrawn');
        one.withdrawn = true;
      },
      author_left(entry, one) {
        need(!one.withdrawn && !one.left && one.joiners.size, `entry ${entry.index}: nobody has joined it`);
        one.left = true;
      },
      joined(entry, one) {
        log.joinings += 1;
        need(!log.sealed && entry.joiner === log.joinings, `entry ${entry.index}: joiner out of place`);
        need(['public', 'redacted'].includes(one.visibility) && ['open', 'answered'].includes(outcomeOf(one)), `entry ${entry.index}: could not be joined`);
        one.joiners.add(entry.joiner);
      },
      joining_withdrawn(entry, one) { need(one.joiners.delete(entry.joiner), `entry ${entry.index}: had not joined`); },
      transcribed(entry, one) {
        need(entry.version === one.transcripts + 1, `entry ${entry.index}: a transcript is missing before`);
        Object.assign(one, { transcript: entry.text, transcripts: entry.version });
      },
      released(entry, one) { show(one, 'public'); },
      withheld(entry, one) { show(one, 'withheld', entry.reason); },
      redacted(entry, one) { one.redaction = entry.text; show(one, 'redacted'); },
      invalid(entry, one) { one.invalid = entry.reason; },
      reinstated(entry, one) { need(one.invalid !== null, `entry ${entry.index}: not invalid`); one.invalid = null; },
      split(entry, one) {
        entry.into.forEach((number) => {
          need(comments.has(number) && comments.get(number).received.part_of === entry.comment, `entry ${entry.index}: ${number} is no part`);
          one.parts.add(number);
        });
      },
      moved(entry, one) {
        const before = [one.received, ...one.moves];
        need(entry.place === before.length + 1 && outcomeOf(one) === 'open' && !alike(before[before.length - 1].anchor, entry.anchor), `entry ${entry.index}: could not be moved so`);
        one.moves.push(entry);
      },
      passed_on(entry) { log.passed += entry.count; need(awaiting() >= 0, `entry ${entry.index}: more than were open`); },
      answered(entry) {
        need(entry.version >= (versions.get(entry.response) || 1), `entry ${entry.index}: a later version was before`);
        versions.set(entry.response, entry.version);
        entry.comments.forEach((number) => {
          need(comments.has(number), `entry ${entry.index}: answers what was not received`);
          comments.get(number).answered = entry;
        });
      },
      remarked: remark,
      second_word(entry, one) {
        remark(entry, one);
        need(one.answered.version === entry.version && (entry.until !== null) === (entry.verdict === 'unsatisfied'), `entry ${entry.index}: no such second word`);
        one.unsatisfied = entry.verdict === 'unsatisfied' ? entry : null;
      },
      second_word_paper(entry) {
        papers += 1;
        need(entry.paper === papers, `entry ${entry.index}: paper ${papers} is next`);
        entry.comments.forEach((number) => need(comments.has(number) && comments.get(number).received.submission === entry.submission && !comments.get(number).remarked, `entry ${entry.index}: of another letter`));
      },
      dialogue_called(entry) {
        need(entry.dialogue === dialogues.length + 1, `entry ${entry.index}: dialogue out of place`);
        entry.comments.forEach((number) => {
          const one = comments.get(number);
          need(one && one.unsatisfied && one.answered && one.answered.version <= one.unsatisfied.version, `entry ${entry.index}: ${number} waits for no final answer`);
        });
        dialogues.push(entry.comments);
      },
      dialogue_held(entry) {
        const over = [...entry.agreed, ...entry.open].sort((a, b) => a - b);
        need(dialogues[entry.dialogue - 1] && alike(over, dialogues[entry.dialogue - 1]), `entry ${entry.index}: not called over these`);
        dialogues[entry.dialogue - 1] = null;
      },
      referred(entry, one) {
        need(entry.referral === referrals.size + 1 && one.answered && entry.until > entry.day, `entry ${entry.index}: could not be referred so`);
        referrals.set(entry.referral, entry.comment);
      },
      referral_answered(entry) {
        need(referrals.get(entry.referral) === entry.comment, `entry ${entry.index}: no such referral`);
        referrals.set(entry.referral, null);
      },
      question_asked(entry, one) { need(!one.asked && outcomeOf(one) === 'open', `entry ${entry.index}: asked before`); one.asked = true; },
      question_replied(entry, one) { need(one.asked && !one.replied, `entry ${entry.index}: nothing was asked`); one.replied = true; },
      scan_set_aside(entry) {
        const paper = [...comments.values()].some(({ received }) => received.submission === entry.submission && !['web', 'api'].includes(received.channel));
        need(paper && entry.scans > (aside.get(entry.submission) || 0), `entry ${entry.index}: no such paper`);
        aside.set(entry.submission, entry.scans);
      },
      name_hidden(entry) { log.nameless.add(entry.submission); },
      codes_issued(entry) { need(submitted(entry.submission), `entry ${entry.index}: no such submission`); },
      letter_amended(entry) {
        need(submitted(entry.submission) && entry.version === (letters.get(entry.submission) || 1) + 1, `entry ${entry.index}: a version is missing before`);
        letters.set(entry.submission, entry.version);
      },
      sealed(entry) {
        need(entry.size <= entry.index && hexOf(rootOver(leaves.slice(0, entry.size))) === entry.root, `entry ${entry.index}: the sealed root is another`);
        need([...comments.values()].filter((one) => one.received.index < entry.size).length === entry.received, `entry ${entry.index}: the sealed number is another`);
        log.sealed = true;
      },
      extended(entry) { if (entry.audience === 'public') log.sealed = false; },
      concluded(entry) {
        const wrong = differs(log, entry.outcome, entry.visibility);
        need(!wrong && awaiting() === 0, `entry ${entry.index}: its sums are wrong: ${wrong}`);
        log.concluded = true;
      },
      promise_made(entry) {
        need(!promises.has(entry.promise), `entry ${entry.index}: promised before`);
        promises.set(entry.promise, { due: entry.due, ended: '' });
      },
      promise_changed: promised,
      promise_said: promised,
      promise_moved(entry) {
        const one = promised(entry);
        need(!one.ended && one.due === entry.was, `entry ${entry.index}: was not owed until ${entry.was}`);
        one.due = entry.due;
      },
      promise_ended(entry) {
        const one = promised(entry);
        need(!one.ended, `entry ${entry.index}: had ended before`);
        one.ended = entry.day;
      },
      case_joined(entry) {
        promised(entry);
        need(entry.comments.every((number) => comments.has(number)), `entry ${entry.index}: of what was not received`);
      },
      case_reopened(entry) {
        const one = promised(entry);
        need(one.ended === entry.was, `entry ${entry.index}: had not ended on ${entry.was}`);
        Object.assign(one, { ended: '', due: entry.due });
      },
      epoch(entry) {
        const before = log.epochs[log.epochs.length - 1];
        need(!before || entry.epoch > before.epoch, `entry ${entry.index}: an epoch again`);
        log.epochs.push(entry);
      },
      brought_back(entry) {
        const end = log.epochs.find((one) => one.epoch > entry.epoch);
        need(end && entry.was >= end.index && !back.has(`${entry.epoch} ${entry.was}`), `entry ${entry.index}: was not lost, or came back before`);
        back.add(`${entry.epoch} ${entry.was}`);
      },
      log_checkpoint(entry) {
        need(entry.size > (noted.get(entry.origin) || 0), `entry ${entry.index}: ${entry.origin} is not longer than before`);
        noted.set(entry.origin, entry.size);
      },
    };
    entries.forEach((entry) => {
      if (!isKnown(entry.kind)) return;
      const one = comments.get(entry.comment);
      if ('comment' in entry && entry.kind !== 'received') need(one, `entry ${entry.index}: comment ${entry.comment} was not received before`);
      if (acts[entry.kind]) acts[entry.kind](entry, one);
    });
    comments.forEach((one, number) => {
      const whole = one.received.part_of;
      need(whole === null || comments.get(whole).parts.has(number), `comment ${number}: the split of ${whole} lacks it`);
    });
    need(awaiting() >= 0, 'more were passed on than are open');
    return log;
  }

  function sumsOf(log) {
    const outcome = { received: 0, withdrawn: 0, invalid: {}, split: 0, passed_on: log.passed, answered: 0, awaiting: -log.passed };
    const visibility = { total: 0, unreleased: 0, public: 0, redacted: 0, withheld: {} };
    log.comments.forEach((one) => {
      const became = outcomeOf(one);
      outcome.received += 1;
      if (became === 'invalid') outcome.invalid[one.invalid] = (outcome.invalid[one.invalid] || 0) + 1;
      else outcome[became === 'open' ? 'awaiting' : became] += 1;
      visibility.total += 1;
      if (one.visibility === 'withheld') visibility.withheld[one.reason] = (visibility.withheld[one.reason] || 0) + 1;
      else visibility[one.visibility] += 1;
    });
    return { outcome, visibility };
  }

  function differs(log, outcome, visibility) {
    if (!isOutcome(outcome) || !isVisibility(visibility)) return 'malformed';
    const counted = sumsOf(log);
    const { in_check: check, quarantined, ...rest } = visibility;
    if (!alike(outcome, counted.outcome)) return 'outcome';
    return alike({ ...rest, unreleased: check + quarantined }, counted.visibility) ? '' : 'visibility';
  }

  // -- Signed notes -----------------------------------------------------------------------------------------------------

  function keyOf(vkey, kind = 1) {
    const [name, id, ...rest] = String(vkey).split('+');
    const data = fromBase64(rest.join('+'));
    const expected = hexOf(sha256(joined(bytesOf(`${name}\n`), data)).subarray(0, 4));
    need(data.length === 33 && data[0] === kind && id === expected, `the key ${vkey} is malformed`);
    return { name, id, key: data.subarray(1) };
  }

  /* The same key under the name of another epoch of its log. */
  const renamed = ({ key }, name) => ({
    name, key, id: hexOf(sha256(joined(bytesOf(`${name}\n`), Uint8Array.of(1), key)).subarray(0, 4)),
  });

  async function checkpointOf(note, keys, origin) {
    const gap = note.lastIndexOf('\n\n');
    need(gap >= 0 && note.endsWith('\n'), 'the checkpoint is no signed note');
    const text = note.slice(0, gap + 1);
    let signed = false;
    for (const line of note.slice(gap + 2, -1).split('\n')) {
      const parts = line.split(' ');
      need(parts.length === 3 && parts[0] === '\u2014', 'a signature line is malformed');
      const data = fromBase64(parts[2]);
      for (const one of keys) {
        if (one.name === parts[1] && one.id === hexOf(data.subarray(0, 4))) {
          need(await signatureHolds(one.key, bytesOf(text), data.subarray(4)), 'the signature is not good');
          signed = true;
        }
      }
    }
    need(signed, 'no trusted key has signed the checkpoint');
    const lines = text.split('\n');
    need(lines.length >= 4 && !lines.slice(0, -1).includes('') && /^(0|[1-9][0-9]{0,15})$/.test(lines[1]), 'the checkpoint is malformed');
    const root = fromBase64(lines[2]);
    need(root.length === 32 && lines[0] === origin, 'the checkpoint is of another log');
    return { size: Number(lines[1]), root };
  }

  // -- Tables and pages --------------------------------------------------------------------------------------------------

  function csvRows(text) {
    const rows = [];
    const data = text.replace(/^\ufeff/, '');
    const separator = /[,\r\n]/g;
    let at = 0;
    while (at < data.length) {
      const row = [];
      for (;;) {
        let cell = '';
        if (data[at] === '"') {
          for (;;) {
            const end = data.indexOf('"', at + 1);
            need(end >= 0, 'a cell has no end');
            cell += data.slice(at + 1, end);
            at = end + 1;
            if (data[at] !== '"') break;
            cell += '"';
          }
        } else {
          separator.lastIndex = at;
          const end = separator.exec(data);
          cell = data.slice(at, end ? end.index : data.length);
          at += cell.length;
        }
        row.push(cell);
        if (data[at] !== ',') break;
        at += 1;
      }
      need(at >= data.length || data.startsWith('\r\n', at), 'a line of the CSV has no end');
      at += 2;
      rows.push(row);
    }
    return rows;
  }

  const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
  const cellIs = (cell, expected) => {
    const plain = expected.replace(TURNING, '');
    return cell === plain || cell === `'${plain}`;
  };
  const TEXTS = ['quote', 'text', 'proposed', 'reason'];
  const COLUMNS = {
    number: 2, organisation: 11, sender: 14, area: 15, joiners: 16, quote: 20, text: 21, proposed: 22, reason: 23, answer: 27, change: 28,
  };
  const STANCE = 19;
  const said = (value) => (value === null || value === undefined ? '' : String(value));

  function rowOf(told) {
    const text = told.text || {};
    const answer = told.answer || {};
    const spoken = told.transcript ? told.transcript.value : null;
    return {
      number: said(told.number), joiners: said(told.joiners || 0), sender: said(told.sender), organisation: said(told.organisation),
      area: said(told.area), quote: said(text.quote), text: spoken ? said(spoken.translation || spoken.transcript) : said(text.text),
      proposed: said(text.proposed), reason: said(text.reason), answer: said(answer.text), change: said(answer.change),
    };
  }

  function codedRow(told) {
    const answer = told.answer || {};
    const row = {
      ...rowOf(told), stance: said((told.text || {}).stance), submission_kind: told.submission_kind, channel: told.channel,
      received_on: told.day, visibility: told.visibility, outcome: told.outcome, outcome_reason: said(told.outcome_reason),
      part_of: said(told.part_of), author_left: told.author_left ? 'true' : '', response: said(answer.response),
      disposition: said(answer.disposition),
    };
    return told.visibility === 'withheld' ? { ...row, visibility_reason: said(told.visibility_reason) } : row;
  }

  function flatRow(row) {
    const by = isObject(row.contributor) ? row.contributor : {};
    const answer = isObject(row.answer) ? row.answer : {};
    const flat = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, said(value)]));
    return {
      ...flat, author_left: row.author_left === true ? 'true' : '', quote: said(isObject(row.anchor) ? row.anchor.quote : ''),
      sender: said(by.name), organisation: said(by.organisation), area: said(by.area), answer: said(answer.text),
      change: said(answer.change), response: said(answer.response), disposition: said(answer.disposition),
    };
  }

  const SIGNS = { '&lt;': '<', '&gt;': '>', '&#34;': '"', '&#39;': "'", '&amp;': '&' };
  const plain = (text) => text.replace(/&lt;|&gt;|&#34;|&#39;|&amp;/g, (sign) => SIGNS[sign]);
  const MARKED = () => /<([a-z0-9]+) data-of="([^"<>]*)">([^<>]*)<\/\1>/g;
  const TAG = /<(?:!doctype html|\/?([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*))>/gi;
  const ATTRIBUTE = / ([a-z-]+)(?:="([^"<>]*)")?/gi;
  const ACTIVE = ['script', 'iframe', 'object', 'embed', 'base', 'form', 'svg', 'math', 'style'];
  const LINK = /^(https?:\/\/[!-~]*|[0-9a-z_./#-]*)$/;
  const isPlain = ([, name, value = '']) => !/^on/i.test(name) && name.toLowerCase() !== 'http-equiv'
    && (!['href', 'src'].includes(name.toLowerCase()) || LINK.test(value.toLowerCase()));

  /* What in a page may do something, or is written as no page of an archive is; '' where nothing is. What people wrote
     bears no <: it may name whatever it likes. */
  function activeIn(text) {
    const tags = [...text.matchAll(TAG)];
    if (tags.length !== text.split('<').length - 1) {
      const starts = new Set(tags.map((one) => one.index));
      let at = text.indexOf('<');
      while (starts.has(at)) at = text.indexOf('<', at + 1);
      return text.slice(at, at + 80);
    }
    const found = tags.find(([, name = '', attributes = '']) => ACTIVE.includes(name.toLowerCase())
      || ![...attributes.matchAll(ATTRIBUTE)].every(isPlain));
    return found ? found[0] : '';
  }

  /* The marked words of these pages are the expected ones, each once, and none is missing. */
  function marksHold(where, pages, expected) {
    const left = new Map([...expected].filter(([, value]) => value));
    for (const text of pages) {
      const found = [...text.matchAll(MARKED())];
      need(text.split('data-of=').length - 1 === found.length, `${where}: a marked text is malformed`);
      for (const [, , of, words] of found) {
        if (left.has(of) && left.get(of) === plain(words)) left.delete(of);
        else need(!words && !expected.get(of), `${where}: ${of} is not what it should be, or stands twice`);
      }
    }
    need(!left.size, `${where}: ${[...left.keys()][0]} is missing`);
  }

  // -- The parts, in the order in which they are named --------------------------------------------------------------------

  const FACTS = ['slug', 'summary', 'field'];
  const BODIES = ['lead', 'answering', 'issuing'];
  const SHOWN_AS = [['sender', 'name'], ['area', 'area'], ['organisation', 'organisation']];
  const OUTLINE = ['file_name', 'media_type', 'title', 'grammar', 'provisions', 'pages', 'warnings'];

  class Check {
    constructor(file, { key = '', manifest = '' } = {}) { Object.assign(this, { file, key, manifest }); }

    async text(name) { return textOf(await this.zip.read(name), name); }

    async value(name) {
      try { return JSON.parse(await this.text(name)); } catch (fault) { throw fault instanceof Bad ? fault : new Bad(`${name}: not JSON`); }
    }

    told(name) { return this.value(`nhat-ky/${this.slug}/${name}.json`); }

    async pages(folder) {
      const names = this.zip.names.filter((name) => name.startsWith(`${folder}/`) && name.endsWith('.html') && name.split('/').length === 2);
      return Promise.all(names.sort().map((name) => this.text(name)));
    }

    async of_zip() { this.zip = await unzipped(this.file); return this.zip.names.length; }

    async of_manifest() {
      const data = await this.zip.read('SHA256SUMS');
      const own = await longHash(data);
      need(!this.manifest || own === this.manifest.toLowerCase(), `it has the hash ${own}, not the one that you gave`);
      const lines = textOf(data, 'SHA256SUMS').split('\n');
      need(lines.pop() === '', 'the last line has no end');
      this.hashes = new Map();
      let before = '';
      lines.forEach((line) => {
        const found = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line);
        need(found && found[2] > before, `it has the line ${JSON.stringify(line)}`);
        [, , before] = found;
        this.hashes.set(found[2], found[1]);
      });
      const others = this.zip.names.filter((name) => name !== 'SHA256SUMS');
      need(others.length === this.hashes.size && others.every((name) => this.hashes.has(name)), 'it lists other files than there are');
      return own;
    }

    async of_files() {
      for (const [name, expected] of this.hashes) {
        need(await longHash(await this.zip.read(name)) === expected, `${name} has another hash than the manifest says`);
      }
      return this.hashes.size;
    }

    async of_log() {
      const slugs = new Set(this.zip.names.map((name) => name.split('/')).filter((path) => path.length === 3 && path[0] === 'nhat-ky').map((path) => path[1]));
      need(slugs.size === 1, 'the log of none, or of several matters');
      [this.slug] = slugs;
      this.ledger = await this.told('ledger');
      need(isObject(this.ledger) && isText(this.ledger.origin) && isCount(this.ledger.size) && isText(this.ledger.checkpoint) && Array.isArray(this.ledger.keys), 'ledger.json is malformed');
      const moments = this.ledger.keys.map((one) => one.valid_from);
      need(moments.every((one, at) => isMoment(one) && (!at || one >= moments[at - 1])), 'the keys are not in their order');
      this.named = this.ledger.keys.map((one) => keyOf(one.vkey));
      this.texts = [];
      while (this.texts.length < this.ledger.size) {
        const start = this.texts.length;
        const count = Math.min(500, this.ledger.size - start);
        const { entries } = await this.told(`ledger-entries-count-${count}-start-${start}`);
        need(Array.isArray(entries) && entries.length === count, `not ${count} entries from ${start} on`);
        entries.forEach((one, at) => { need(one.index === start + at && isText(one.entry), `entry ${start + at} is not in its place`); this.texts.push(one.entry); });
      }
      this.comments = [];
      for (let name = 'comments', next = ''; next !== null; name = `comments-cursor-${next}`) {
        const told = await this.told(name);
        need(Array.isArray(told.comments) && (told.next === null || isText(told.next)) && (told.next === null || told.comments.length), `${name} is malformed`);
        this.comments.push(...told.comments);
        next = told.next;
      }
      this.sums = await this.told('sums');
      this.matter = await this.told('matter');
      this.entries = this.texts.map((text, index) => readEntry(index, text));
      this.leaves = this.texts.map(leafOf);
      this.log = replayed(this.entries, this.leaves);
      return this.texts.length;
    }

    async of_signature() {
      const { origin, size } = this.ledger;
      if (this.key) {
        const given = keyOf(this.key);
        const ending = origin.startsWith(`${given.name}/`) ? origin.slice(given.name.length + 1) : '';
        this.keys = [given, ...(/^[1-9][0-9]{0,8}$/.test(ending) ? [renamed(given, origin)] : [])];
      } else this.keys = this.named;
      const checkpoint = await checkpointOf(this.ledger.checkpoint, this.keys, origin);
      need(checkpoint.size === size && same(rootOver(this.leaves), checkpoint.root), 'the entries do not lead to the signed root');
      await this.epochsHold(origin);
      for (const index of size ? new Set([0, Math.floor(size / 2), size - 1]) : []) {
        const { hashes } = await this.told(`ledger-proof-index-${index}-size-${size}`);
        need(alike(hashes, proofOf(index, this.leaves).map(hexOf)), `the inclusion proof of entry ${index} is wrong`);
      }
      if (size > 1) {
        const first = Math.floor(size / 2);
        const { hashes } = await this.told(`ledger-consistency-first-${first}-second-${size}`);
        need(alike(hashes, consistencyOf(first, this.leaves).map(hexOf)), 'the consistency proof is wrong');
      }
      return origin;
    }

    async epochsHold(origin) {
      const begun = this.log.epochs;
      if (!begun.length) return;
      const last = begun[begun.length - 1].epoch;
      need(origin.endsWith(`/${last}`), 'the origin does not name the epoch');
      const first = origin.slice(0, -`/${last}`.length);
      for (const entry of begun) {
        const named = entry.checkpoint.split('\n')[0];
        const ended = named === first ? 1 : Number(named.slice(first.length + 1));
        need((named === first || named === `${first}/${ended}`) && ended < entry.epoch, `entry ${entry.index}: of another log`);
        const old = await checkpointOf(entry.checkpoint, this.keys.map((one) => renamed(one, named)), named);
        need(old.size === entry.size && hexOf(old.root) === entry.root, `entry ${entry.index}: another size or root`);
        need(!(old.size <= entry.index && same(rootOver(this.leaves.slice(0, old.size)), old.root)), `entry ${entry.index}: nothing was lost`);
      }
    }

    async of_witnesses() {
      const { origin, witnesses, witnessed } = this.ledger;
      const notes = [...(Array.isArray(witnesses) ? witnesses : []), witnessed].filter(isText);
      for (const note of notes) {
        const old = await checkpointOf(note, this.keys.map((one) => renamed(one, origin)), origin);
        need(old.size <= this.leaves.length && same(rootOver(this.leaves.slice(0, old.size)), old.root), 'what witnesses signed does not begin this log: there are two histories');
      }
      return notes.length;
    }

    async of_tiles() {
      const epoch = this.log.epochs.length ? this.log.epochs[this.log.epochs.length - 1].epoch : 1;
      const address = (number, width) => {
        const digits = String(number).padStart(Math.ceil(String(number).length / 3) * 3, '0').match(/.../g);
        const path = [...digits.slice(0, -1).map((three) => `x${three}`), digits[digits.length - 1]].join('/');
        return width === 256 ? path : `${path}.p/${width}`;
      };
      const expected = new Map([[`tlog/${epoch}/checkpoint`, bytesOf(this.ledger.checkpoint)]]);
      for (let start = 0; start < this.texts.length; start += 256) {
        const bundle = this.texts.slice(start, start + 256).map(bytesOf);
        if (bundle.every((one) => one.length < 65536)) {
          expected.set(`tlog/${epoch}/tile/entries/${address(start / 256, bundle.length)}`, joined(...bundle.flatMap((one) => [Uint8Array.of(one.length >> 8, one.length & 255), one])));
        }
      }
      let hashes = this.leaves;
      for (let level = 0; hashes.length; level += 1) {
        const above = [];
        for (let start = 0; start < hashes.length; start += 256) {
          const tile = hashes.slice(start, start + 256);
          expected.set(`tlog/${epoch}/tile/${level}/${address(start / 256, tile.length)}`, joined(...tile));
          if (tile.length === 256) above.push(rootOver(tile));
        }
        hashes = above;
      }
      const there = this.zip.names.filter((name) => name.startsWith('tlog/'));
      need(there.length === expected.size && there.every((name) => expected.has(name)), 'tiles are missing, or more than there should be');
      for (const [name, data] of expected) need(same(await this.zip.read(name), data), `${name} is not what follows from the log`);
      return expected.size;
    }

    async of_matter() {
      const acts = this.entries.filter((entry) => entry.kind === 'published');
      need(acts.length, 'nothing was published');
      const [first] = acts;
      const last = acts[acts.length - 1];
      const { facts } = await this.told('facts');
      need(acts.every((entry) => entry.facts === digest(facts)), 'the facts are not those that were published');
      const listed = await this.told('files');
      this.revisions = new Map();
      for (const entry of acts) for (const logged of entry.documents) await this.revisionHolds(logged, listed);
      this.matterHolds(first, last, facts);
      return this.revisions.size;
    }

    async revisionHolds(logged, listed) {
      const key = `${logged.document}-${logged.revision}`;
      if (this.revisions.has(key)) { need(alike(this.revisions.get(key).logged, logged), `${key} was published differently`); return; }
      const told = await this.told(`revisions-${key}`);
      OUTLINE.forEach((name) => need(name in told, `revisions-${key}: ${name} is missing`));
      need(told.sha256 === logged.sha256 && digest(Object.fromEntries(OUTLINE.map((name) => [name, told[name]]))) === logged.outline, `the text of ${key} is not the one that was published`);
      need(['document', 'revision', 'role'].every((name) => alike(told[name], logged[name])) && told.document_title === logged.title, `revision ${key} has another name`);
      need(hashOf(await this.zip.read(String(listed[`file-${key}`]))) === logged.sha256, `the file of ${key} is not the one that was published`);
      this.revisions.set(key, { logged, told });
    }

    matterHolds(first, last, facts) {
      const shown = this.matter;
      const names = { title: last.title, kind: last.matter, procedure: last.procedure, disclosure: last.disclosure };
      Object.entries(names).forEach(([name, value]) => need(alike(shown[name], value), `the matter has another ${name}`));
      FACTS.forEach((name) => need(alike(shown[name], facts[name]), `the matter has another ${name}`));
      BODIES.forEach((name) => need(isObject(shown[name]) && shown[name].id === facts[name], `the matter has another ${name}`));
      const end = (kind) => this.entries.filter((entry) => entry.kind === kind).pop();
      need(shown.published_at === first.at && (shown.concluded_at || null) === (end('concluded')?.at || null)
        && (shown.withdrawn_reason || null) === (end('withdrawn_matter')?.reason || null), 'the matter has another beginning or end');
      const documents = Array.isArray(shown.documents) ? shown.documents : [];
      const keyed = new Map(documents.map((one) => [`${one.document}-${one.revision}`, one]));
      need(documents.length === keyed.size && keyed.size === last.documents.length, 'other documents are listed than were published');
      last.documents.forEach((logged) => {
        const one = keyed.get(`${logged.document}-${logged.revision}`);
        need(one && one.role === logged.role && one.document_title === logged.title && one.sha256 === logged.sha256, 'a document is listed otherwise than it was published');
      });
      this.periodsHold(shown);
    }

    periodsHold(shown) {
      let told = new Map();
      this.entries.forEach((entry) => {
        if (entry.kind === 'published') told = new Map(entry.periods.map((one) => [one.audience, { ...one }]));
        if (entry.kind === 'extended') { need(told.has(entry.audience), `entry ${entry.index}: extends no period`); told.get(entry.audience).closes = entry.closes; }
      });
      const open = told.get('public') || { opens: null, closes: null };
      need(shown.opens === open.opens && shown.closes === open.closes, 'the matter has other days than the log');
      need(Array.isArray(shown.periods) && shown.periods.length === told.size, 'other periods than the log has');
      shown.periods.forEach((one) => {
        const logged = told.get(one.audience);
        need(logged && one.opens === logged.opens && one.closes === logged.closes, `the period for ${one.audience} has other days`);
        told.delete(one.audience);
      });
    }

    async of_comments() {
      need(this.comments.length === this.log.comments.size, 'other comments are listed than were received');
      this.comments.forEach((shown, at) => { need(shown.number === at + 1, `comment ${at + 1} is not in its place`); this.commentHolds(shown, this.log.comments.get(at + 1)); });
      return this.comments.length;
    }

    commentHolds(shown, logged) {
      const n = shown.number;
      const became = outcomeOf(logged);
      ['submission_kind', 'channel', 'day', 'anchor', 'part_of'].forEach((name) => need(alike(shown[name], logged.received[name]), `comment ${n}: another ${name}`));
      const expected = {
        version: logged.version, outcome: became, outcome_reason: became === 'invalid' ? logged.invalid : null, visibility: logged.visibility,
        visibility_reason: logged.reason, joiners: logged.joiners.size, author_left: logged.left,
      };
      Object.entries(expected).forEach(([name, value]) => need(alike(shown[name], value), `comment ${n}: another ${name}`));
      const moves = shown.moves || [];
      need(moves.length === logged.moves.length, `comment ${n}: other moves`);
      moves.forEach((move, at) => {
        const entry = logged.moves[at];
        need(['place', 'anchor', 'at'].every((name) => alike(move[name], entry[name])), `comment ${n}: moved otherwise`);
        need(move.reason === null || move.reason === undefined || digest({ comment: n, place: entry.place, reason: move.reason }) === entry.hash, `comment ${n}: another reason of the move`);
      });
      this.textHolds(n, shown, logged);
      this.answerHolds(n, shown.answer, logged);
      this.secondWordHolds(n, shown, logged);
      this.senderHolds(n, shown, logged.received);
    }

    /* What is shown of a sender opens what was committed to, and a name that was taken back is not shown. */
    senderHolds(n, shown, received) {
      need(!(this.log.nameless.has(received.submission) && shown.sender), `comment ${n}: a name that was taken back is shown`);
      const given = shown.shown ?? null;
      if (!('shown' in received) || (given === null && !shown.sender)) return;
      need(isObject(given), `comment ${n}: a name without its opening`);
      const value = Object.fromEntries(['name', 'area', 'organisation'].map((name) => [name, given[name] ?? null]));
      need(opens('shown', value, given.salt, received.shown), `comment ${n}: what is shown of its sender does not open its commitment`);
      need(SHOWN_AS.every(([name, of]) => Boolean(shown[name]) === Boolean(value[of])) && (shown.sender || '') === value.name, `comment ${n}: another sender is shown than is opened`);
    }

    textHolds(n, shown, logged) {
      const field = { public: 'text', redacted: 'redacted' }[logged.visibility];
      if (!field) {
        need(shown.text === null && shown.text_salt === null && !shown.transcript, `comment ${n}: shows words that are not public`);
        return;
      }
      need(shown.text !== null && opens(field, shown.text, shown.text_salt, field === 'text' ? logged.text : logged.redaction), `comment ${n}: its text does not open its commitment`);
      if (shown.transcript) {
        need(logged.transcript && field === 'text' && opens('transcript', shown.transcript.value, shown.transcript.salt, logged.transcript), `comment ${n}: its transcript does not open its commitment`);
      } else need(!(field === 'text' && isObject(shown.text) && shown.text.text === ''), `comment ${n}: public without words`);
    }

    answerHolds(n, answer, logged) {
      const entry = logged.answered;
      if (answer === null) { need(outcomeOf(logged) !== 'answered', `comment ${n}: its answer is missing`); return; }
      need(isObject(answer) && entry, `comment ${n}: an answer that was never logged`);
      ['response', 'version', 'disposition', 'comments'].forEach((name) => need(alike(answer[name], entry[name]), `comment ${n}: its answer has another ${name}`));
      if (answer.text === null) { need(!['public', 'redacted'].includes(logged.visibility), `comment ${n}: its answer is not shown`); return; }
      const { response, version, disposition, comments } = entry;
      need(isText(answer.text) && isText(answer.change) && digest({ response, version, disposition, comments, text: answer.text, change: answer.change }) === entry.hash, `comment ${n}: another answer than was logged`);
    }

    secondWordHolds(n, shown, logged) {
      const word = shown.second_word;
      const entry = logged.remarked;
      if (word === null || word === undefined) {
        need(!(entry && word === null && ['public', 'redacted'].includes(logged.visibility) && !logged.left), `comment ${n}: its second word is missing`);
        return;
      }
      need(entry && ['response', 'version'].every((name) => alike(word[name], entry[name]))
        && ['verdict', 'until'].every((name) => alike(word[name], entry[name] === undefined ? null : entry[name])), `comment ${n}: another second word`);
      const value = { comment: n, remark: word.remark, response: entry.response, version: entry.version };
      need(digest('verdict' in entry ? { ...value, verdict: entry.verdict } : value) === entry.hash, `comment ${n}: another second word than was logged`);
    }

    async of_sums() {
      const wrong = differs(this.log, this.sums.outcome, this.sums.visibility);
      need(!wrong, `the sum of ${wrong} does not follow from the log`);
      return this.sums.outcome.received;
    }

    async of_tables() {
      const coded = this.comments.map(codedRow);
      const [head, ...rows] = csvRows(await this.text('du-lieu/tong-hop.csv'));
      need(rows.length === coded.length && rows.every((row) => row.length === head.length), 'tong-hop.csv: another number of rows or cells');
      rows.forEach((row, at) => Object.entries(coded[at]).forEach(([name, value]) => need(head.includes(name) && cellIs(row[head.indexOf(name)], value), `tong-hop.csv: ${name} of comment ${at + 1} is another`)));
      const table = await this.value('du-lieu/tong-hop.json');
      need(Array.isArray(table.comments) && table.comments.length === coded.length, 'tong-hop.json: another number of rows');
      table.comments.forEach((row, at) => Object.entries(coded[at]).forEach(([name, value]) => need(flatRow(row)[name] === value, `tong-hop.json: ${name} of comment ${at + 1} is another`)));
      const { outcome, visibility } = table.sums || {};
      const shown = Object.fromEntries(Object.entries(visibility || {}).filter(([name]) => name in this.sums.visibility));
      need(alike(outcome, this.sums.outcome) && alike(shown, this.sums.visibility), 'tong-hop.json: other sums');
      this.inWords = csvRows(await this.text('du-lieu/tong-hop.vi.csv'));
      need(this.inWords.length === this.comments.length + 1, 'tong-hop.vi.csv: another number of rows');
      this.comments.forEach((told, at) => {
        const expected = rowOf(told);
        Object.entries(COLUMNS).forEach(([name, column]) => need(cellIs(this.inWords[at + 1][column] ?? '\0', expected[name]), `tong-hop.vi.csv: ${name} of comment ${at + 1} is another`));
      });
      await this.workbookHolds();
      return coded.length;
    }

    async workbookHolds() {
      const data = await this.zip.read('du-lieu/tong-hop.xlsx');
      let sheet;
      try {
        const book = await unzipped({ size: data.length, slice: async (from, to) => data.slice(from, to) }, false);
        sheet = textOf(await book.read('xl/worksheets/sheet1.xml'), 'tong-hop.xlsx');
      } catch { throw new Bad('tong-hop.xlsx cannot be read'); }
      const lines = [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, line]) => line);
      need(lines.length === this.inWords.length, 'tong-hop.xlsx: another number of rows');
      lines.forEach((line, at) => {
        const found = [...line.matchAll(/<c\/>|<c><v>(-?[0-9]+)<\/v><\/c>|<c t="inlineStr"><is><t xml:space="preserve">([^<>]*)<\/t><\/is><\/c>/g)];
        need(found.map(([whole]) => whole).join('') === line && found.length === this.inWords[at].length, `tong-hop.xlsx: row ${at} is malformed`);
        found.forEach(([, number, text], column) => {
          const cell = number || plain(text || '');
          const whole = this.inWords[at][column].replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
          const cut = (words) => Array.from(words).slice(0, 32767).join('');
          need(cell === cut(whole) || cell === cut(whole.replace(/^'/, '')), `tong-hop.xlsx: row ${at} has another cell than the CSV`);
        });
      });
    }

    async of_pages() {
      for (const name of this.zip.names.filter((one) => /\.(html|htm|svg|xhtml|xht)$/i.test(one) && one !== 'kiem-tra/index.html' && !one.startsWith('tep/'))) {
        const found = activeIn(await this.text(name));
        need(!found, `${name} holds ${found}, which no page of an archive does`);
      }
      await this.commentPagesHold();
      const concluded = this.entries.some((entry) => entry.kind === 'concluded');
      const answers = new Map();
      const printed = new Map();
      this.comments.forEach((told) => {
        const row = rowOf(told);
        if (told.answer && told.answer.text !== null) {
          answers.set(`r${told.answer.response}.text`, told.answer.text);
          answers.set(`r${told.answer.response}.change`, told.answer.change || '');
        }
        if (told.outcome === 'answered' || (told.outcome === 'open' && !concluded)) {
          [...TEXTS, 'organisation', 'sender', 'answer', 'change'].forEach((name) => printed.set(`t${told.number}.${name}`, row[name]));
        }
      });
      marksHold('tra-loi', await this.pages('tra-loi'), answers);
      marksHold('bang', await this.pages('bang'), printed);
      const log = new Map();
      this.texts.forEach((text, at) => log.set(`e${at}`, text).set(`e${at}.leaf`, hexOf(this.leaves[at])));
      marksHold('nhat-ky', await this.pages('nhat-ky'), log);
      marksHold('du-thao', await this.pages('du-thao'), this.marksOfDrafts());
      marksHold('index.html', [await this.text('index.html')], this.marksOfMatter());
      return this.zip.names.filter((name) => name.endsWith('.html')).length;
    }

    async commentPagesHold() {
      const marks = new Map();
      this.comments.forEach((told, at) => {
        const text = told.text || {};
        const spoken = told.transcript ? told.transcript.value : {};
        const row = { ...rowOf(told), ...Object.fromEntries(TEXTS.map((name) => [name, said(text[name])])) };
        delete row.number;
        const moves = told.moves || [];
        Object.assign(row, {
          joiners: told.joiners ? String(told.joiners) : '', day: told.day.split('-').reverse().join('/'),
          label: said((moves[moves.length - 1] || told).label), stance: text.stance ? this.inWords[at + 1][STANCE] : '',
          transcript: said(spoken.transcript), translation: said(spoken.translation),
        });
        Object.entries(row).forEach(([name, value]) => marks.set(`c${told.number}.${name}`, value));
      });
      const pages = await this.pages('y-kien');
      marksHold('y-kien', pages, marks);
      const states = pages.flatMap((text) => [...text.matchAll(/<article id="c([0-9]+)" data-state="([a-z]+) ([a-z]+)">/g)].map(([, ...found]) => found.join(' ')));
      need(alike(states, this.comments.map((told) => `${told.number} ${told.outcome} ${told.visibility}`)), 'y-kien: a comment is missing, out of its place or in another state');
    }

    marksOfDrafts() {
      const marks = new Map();
      const take = (nodes, d) => nodes.forEach((node) => {
        ['marker', 'heading', 'text'].forEach((name) => marks.set(`${d}.${node.path}.${name}`, said(node[name])));
        take(node.children, d);
      });
      this.matter.documents.forEach(({ document, revision }) => {
        const { told } = this.revisions.get(`${document}-${revision}`);
        const d = `d${document}.${revision}`;
        marks.set(`${d}.title`, said(told.title));
        take(told.provisions, d);
        told.pages.forEach((page) => marks.set(`${d}.p${page.number}`, page.text));
      });
      return marks;
    }

    marksOfMatter() {
      const { matter, ledger } = this;
      const marks = new Map(Object.entries({
        'm.title': matter.title, 'm.summary': matter.summary, 'm.checkpoint': ledger.checkpoint, 'm.opens': said(matter.opens),
        'm.concluded': said(matter.concluded_at), 'm.withdrawn': said(matter.withdrawn_reason), 'm.witnessed': said(ledger.witnessed),
      }));
      BODIES.forEach((name) => marks.set(`m.${name}`, said(matter[name].name)));
      ledger.keys.forEach((one, at) => marks.set(`m.key.${at + 1}`, one.vkey));
      matter.documents.forEach((one) => marks.set(`m.file.${one.document}.${one.revision}`, one.sha256));
      ['outcome', 'visibility'].forEach((sum) => Object.entries(this.sums[sum]).forEach(([term, number]) => {
        if (isObject(number)) Object.entries(number).forEach(([reason, count]) => marks.set(`m.${sum}.${term}.${reason}`, String(count)));
        else marks.set(`m.${sum}.${term}`, String(number));
      }));
      return marks;
    }
  }

  /* Everything that holds, part by part, until one does not: {held: [[part, what]], failed: part or '', why}. */
  async function verifyArchive(file, known = {}, tell = () => {}) {
    const check = new Check(file, known);
    const held = [];
    for (const part of Object.keys(PARTS)) {
      try {
        const what = String(await check[`of_${part}`]());
        held.push([part, what]);
        tell(part, what);
      } catch (fault) {
        return { held, failed: part, why: fault instanceof Bad ? fault.message : `it is malformed (${fault})` };
      }
    }
    return { held, failed: '', why: '' };
  }

  // -- A page, and a command -------------------------------------------------------------------------------------------

  const fileOf = (blob) => ({ size: blob.size, slice: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()) });

  function open(place) {
    const find = (name) => place.querySelector(`[data-${name}]`);
    const status = find('said');
    const line = (text, kind = '') => {
      const made = document.createElement('p');
      made.textContent = text;
      if (kind) made.className = kind;
      status.append(made);
      return made;
    };
    const run = async () => {
      const [blob] = find('archive').files;
      if (!blob) return;
      status.textContent = '';
      const busy = line('Đang kiểm tra …');
      const known = { key: find('key').value.trim(), manifest: find('manifest').value.trim() };
      const { failed, why } = await verifyArchive(fileOf(blob), known, (part, what) => {
        line(part === 'manifest' ? `✓ ${PARTS[part]}` : `✓ ${PARTS[part]} (${what})`, 'yes');
        if (part === 'manifest') line(`${SEAL} ${what}`, 'meta');
      });
      // What came of it stands first.
      busy.textContent = failed ? `✗ ${BROKEN} ${PARTS[failed]}` : `✓ ${HOLDS}`;
      busy.className = failed ? 'no' : 'yes';
      if (failed) line(`✗ ${PARTS[failed]} – ${failed}: ${why}`, 'no');
      else {
        line(FORKS);
        if (!known.key) line(OWN_KEY);
      }
    };
    place.hidden = false;
    place.addEventListener('change', run);
  }

  globalThis.verifyArchive = (blob, known) => verifyArchive(fileOf(blob), known);
  globalThis.verifyArchive.ownSignatureHolds = ownSignatureHolds;
  if (globalThis.document) {
    const place = document.getElementById('verify-archive');
    if (place) open(place);
  } else if (typeof require === 'function' && require.main === module) {
    const fs = require('fs');
    const given = process.argv.slice(2);
    const known = {};
    const names = [];
    while (given.length) {
      const one = given.shift();
      if (one === '--key' || one === '--manifest') known[one.slice(2)] = given.shift();
      else names.push(one);
    }
    const json = names.includes('--json');
    (async () => {
      for (const name of names.filter((one) => one !== '--json')) {
        const { held, failed, why } = await verifyArchive(fileOf(new Blob([fs.readFileSync(name)])), known);
        if (failed) process.exitCode = 1;
        if (json) console.log(JSON.stringify({ name, failed, why }));
        else {
          console.log(`${name} (verify_archive.js ${VERSION})`);
          held.forEach(([part, what]) => console.log(`  ĐÚNG  ${PARTS[part]} (${what})`));
          console.log(failed ? `  SAI   ${PARTS[failed]}\n\n${BROKEN}\n  ${failed}: ${why}` : `\n${HOLDS}\n${FORKS}`);
        }
      }
    })();
  }
})();
