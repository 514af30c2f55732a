/**
 * Roaring bitmaps as deletion vectors keep them: sets of row numbers.
 * Sources: PROTOCOL.md of delta-io/delta, “Deletion Vector Format”; RoaringFormatSpec.
 */

/** Before a 64-bit bitmap in the portable format, which has its buckets by key. */
const PORTABLE = 1681511377;
/**
 * Before a bitmap in Delta’s own format, which has all buckets from 0 on with their size. The parts
 * around the bitmaps are big-endian in the example of PROTOCOL.md, little-endian in today’s Spark.
 */
const OWN = 1681511376;
/** Cookies of a 32-bit bitmap: without and with containers of runs. */
const NO_RUNS = 12346;
const WITH_RUNS = 12347;
/** A bitmap of runs with fewer containers has no offsets. */
const OFFSETS_FROM = 4;
/** A container with more values than this is a bitmap of 65,536 bits. */
const MOST_IN_ARRAY = 4096;
const WORDS_IN_BITMAP = 2048;

/** The numbers in Delta's `RoaringBitmapArray`, ascending. Throws RangeError for damaged bytes. */
export function roaringNumbers(bytes: Buffer): number[] {
  const reader = new LittleEndian(bytes);
  const magic = reader.uint32();
  const numbers: number[] = [];
  if (magic === PORTABLE) {
    const buckets = reader.uint64();
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      readBitmap(reader, highHalf(reader.uint32()), numbers);
    }
  } else if (magic === OWN || swapped(magic) === OWN) {
    const inOrder = (number: number) => (magic === OWN ? number : swapped(number));
    const buckets = inOrder(reader.uint32());
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const size = inOrder(reader.uint32());
      readBitmap(new LittleEndian(reader.bytes(size)), highHalf(bucket), numbers);
    }
  } else throw new RangeError('not a bitmap of Delta');
  return numbers;
}

function highHalf(key: number): number {
  const high = key * 2 ** 32;
  if (!Number.isSafeInteger(high)) throw new RangeError('a row number beyond 2^53');
  return high;
}

/** The number with its bytes reversed. */
function swapped(number: number): number {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes.readUInt32LE();
}

function readBitmap(reader: LittleEndian, high: number, numbers: number[]): void {
  const cookie = reader.uint32();
  const hasRuns = (cookie & 0xffff) === WITH_RUNS;
  if (!hasRuns && cookie !== NO_RUNS) throw new RangeError('not a Roaring bitmap');
  const count = hasRuns ? (cookie >>> 16) + 1 : reader.uint32();
  const runs = hasRuns ? reader.bytes(Math.ceil(count / 8)) : Buffer.alloc(0);
  const containers = Array.from({ length: checked(count) }, (_, index) => ({
    base: high + reader.uint16() * 2 ** 16,
    size: reader.uint16() + 1,
    isRuns: hasRuns && (((runs[index >> 3] ?? 0) >> (index & 7)) & 1) === 1,
  }));
  // Where each container starts: they follow each other in order.
  if (!hasRuns || count >= OFFSETS_FROM) reader.bytes(count * 4);
  for (const { base, size, isRuns } of containers) {
    if (isRuns) readRuns(reader, base, numbers);
    else if (size <= MOST_IN_ARRAY) {
      for (let index = 0; index < size; index += 1) numbers.push(base + reader.uint16());
    } else readBits(reader, base, numbers);
  }
}

/** The key of a container has 16 bits. */
function checked(count: number): number {
  if (count > 2 ** 16) throw new RangeError('more containers than there are keys');
  return count;
}

function readRuns(reader: LittleEndian, base: number, numbers: number[]): void {
  const runs = reader.uint16();
  for (let run = 0; run < runs; run += 1) {
    const first = reader.uint16();
    const more = reader.uint16();
    for (let index = 0; index <= more; index += 1) numbers.push(base + first + index);
  }
}

function readBits(reader: LittleEndian, base: number, numbers: number[]): void {
  for (let word = 0; word < WORDS_IN_BITMAP; word += 1) {
    let bits = reader.uint32();
    while (bits !== 0) {
      const lowest = 31 - Math.clz32(bits & -bits);
      numbers.push(base + word * 32 + lowest);
      bits = (bits & (bits - 1)) >>> 0;
    }
  }
}

/** Reads one number after the other; RangeError at the end of the bytes. */
class LittleEndian {
  private at = 0;
  constructor(private readonly from: Buffer) {}

  uint16(): number {
    this.at += 2;
    return this.from.readUInt16LE(this.at - 2);
  }

  uint32(): number {
    this.at += 4;
    return this.from.readUInt32LE(this.at - 4);
  }

  uint64(): number {
    const low = this.uint32();
    return this.uint32() * 2 ** 32 + low;
  }

  bytes(count: number): Buffer {
    if (this.at + count > this.from.length) throw new RangeError('the bytes end too early');
    this.at += count;
    return this.from.subarray(this.at - count, this.at);
  }
}
