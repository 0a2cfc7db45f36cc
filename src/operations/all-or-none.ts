/** Given pieces of work that need each other, return all results; when one fails, the others are ended before its error is thrown. */
export async function allOrNone<Results extends readonly unknown[]>(
  work: { readonly [Index in keyof Results]: Promise<Results[Index]> },
  failed: AbortController,
): Promise<Results> {
  try {
    return (await Promise.all(work)) as unknown as Results;
  } catch (error) {
    failed.abort();
    await Promise.allSettled(work);
    throw error;
  }
}
