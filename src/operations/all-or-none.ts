/** Given pieces of work that need each other, return all results; when one fails, the others are ended before its error is thrown. */
export async function allOrNone<Work extends readonly Promise<unknown>[]>(
  work: readonly [...Work],
  failed: AbortController,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  try {
    return await Promise.all(work);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(work);
    throw error;
  }
}
