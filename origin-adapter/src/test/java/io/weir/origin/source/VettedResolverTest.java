package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Literal addresses only: nothing here asks a name server. */
final class VettedResolverTest {
  private static InetAddress[] addresses(int last) throws Exception {
    InetAddress[] addresses = new InetAddress[last];
    for (int i = 0; i < last; i++) {
      addresses[i] = InetAddress.getByAddress("origin.example", new byte[] {8, 8, 8, (byte) i});
    }
    return addresses;
  }

  @Test
  void addressesHandedOutAreTheOnesThatWereChecked() throws Exception {
    InetAddress[] answer = addresses(2);
    AtomicInteger lookups = new AtomicInteger();
    VettedResolver resolver =
        new VettedResolver(
            host -> {
              lookups.incrementAndGet();
              return answer;
            },
            address -> true);

    List<InetSocketAddress> resolved = resolver.resolve("origin.example", 80);

    assertSame(answer[0], resolved.get(0).getAddress());
    assertSame(answer[1], resolved.get(1).getAddress());
    assertEquals(1, lookups.get());
  }

  @Test
  void nameOfManyAddressesIsTriedAtAFew() throws Exception {
    InetAddress[] answer = addresses(200);

    assertEquals(
        VettedResolver.MAX_ADDRESSES,
        new VettedResolver(host -> answer, address -> true).resolve("origin.example").length);
  }

  @Test
  void addressBehindThoseThatAreTriedIsCheckedToo() throws Exception {
    InetAddress[] answer = addresses(6);
    VettedResolver resolver = new VettedResolver(host -> answer, a -> a.getAddress()[3] != 5);

    AddressRefusedException failure =
        assertThrows(AddressRefusedException.class, () -> resolver.resolve("origin.example"));
    assertTrue(String.valueOf(failure.getMessage()).contains("8.8.8.5"), failure.getMessage());
  }
}
