/**
 * Publishers' origins: which may be read, and reading a range of one object, pinned to the version
 * that was hashed, retried and resumed where it broke. Entry type: {@link
 * io.weir.origin.source.OriginReader}. Blocking, on the caller's thread; the HTTP client is used
 * here only. Knows nothing of pieces, the spool or edges.
 *
 * <p>What comes of an origin's fault, with the outcome that {@code weir.origin.requests} counts it
 * by. <em>Again</em> is three requests for one range in all, for the bytes that are missing and no
 * others, after a pause that doubles; final is the first failure.
 *
 * <table>
 * <caption>Faults of origins</caption>
 * <tr><th>the origin</th><th>outcome</th><th>then</th></tr>
 * <tr><td>is not on the allow-list, or redirects to what is not, to a file, or from https to http;
 *     has one address among its addresses that is not public; has a certificate for another name;
 *     has a credential whose file cannot be used</td><td>refused</td><td>final, and nothing is sent
 *     there</td></tr>
 * <tr><td>has no address, refuses the connection, closes or resets it before the end of the
 *     head</td><td>unreachable</td><td>again</td></tr>
 * <tr><td>accepts no connection, has none free, is silent, drips its head, a chunk's head or its
 *     body, or is not done by the deadline</td><td>timeout</td><td>cut, again</td></tr>
 * <tr><td>answers 5xx, 408 or 429</td><td>failed</td><td>again, after its Retry-After; final where
 *     that is more than a minute or than the caller's deadline leaves</td></tr>
 * <tr><td>answers any other error (401 says whether a credential was shown), or redirects more than
 *     three times</td><td>rejected</td><td>final</td></tr>
 * <tr><td>closes or resets within the body</td><td>short</td><td>again, from the byte where it
 *     broke</td></tr>
 * <tr><td>has another length, ETag, or Last-Modified where it sends no ETag; answers 412 or 416; a
 *     body without a length goes on after the last byte</td><td>changed</td><td>final</td></tr>
 * <tr><td>sends another range, several, or none that can be read; another Content-Length than the
 *     range's; an encoded body; chunks or a head that are not HTTP, or too large</td>
 *     <td>malformed</td><td>final</td></tr>
 * <tr><td>tells no length, neither to HEAD nor to a GET of its first byte</td><td>unsized</td>
 *     <td>final</td></tr>
 * <tr><td>ignores Range</td><td>ok</td><td>read from its beginning, and again from there where it
 *     breaks</td></tr>
 * <tr><td>refuses HEAD with 400, 403, 405 or 501, or answers it without a length</td><td>ok</td>
 *     <td>asked for its first byte instead</td></tr>
 * <tr><td>sends neither ETag nor Last-Modified</td><td>ok</td><td>pinned by its length alone: only
 *     the hash finds a change that keeps it</td></tr>
 * <tr><td>sends a weak ETag</td><td>ok</td><td>pinned by it, compared in each answer</td></tr>
 * <tr><td>sends other bytes under the same ETag</td><td>ok</td><td>the hash finds it, not this
 *     package</td></tr>
 * </table>
 */
@NullMarked
package io.weir.origin.source;

import org.jspecify.annotations.NullMarked;
