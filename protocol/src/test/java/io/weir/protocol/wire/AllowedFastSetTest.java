package io.weir.protocol.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.metainfo.InfoHash;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedFastSetTest {
  private static final InfoHash HASH = InfoHash.fromHex("aa".repeat(20));

  /** BEP 6, "Allowed Fast set generation": both of its example sets. */
  @Test
  void goldenSets() throws Exception {
    Inet4Address peer = address("80.4.4.200");
    assertEquals(
        List.of(1059, 431, 808, 1217, 287, 376, 1188), AllowedFastSet.of(peer, HASH, 1313, 7));
    assertEquals(
        List.of(1059, 431, 808, 1217, 287, 376, 1188, 353, 508),
        AllowedFastSet.of(peer, HASH, 1313, 9));
  }

  @Test
  void neighboursShareASet() throws Exception {
    assertEquals(
        AllowedFastSet.of(address("80.4.4.1"), HASH, 1313, 7),
        AllowedFastSet.of(address("80.4.4.200"), HASH, 1313, 7));
  }

  @Test
  void smallContentIsAllowedWhole() throws Exception {
    List<Integer> all = AllowedFastSet.of(address("80.4.4.200"), HASH, 3, 10);
    assertEquals(3, all.size());
    assertEquals(Set.of(0, 1, 2), Set.copyOf(all));
  }

  @Test
  void countsOutOfBoundsAreRefused() throws Exception {
    Inet4Address peer = address("80.4.4.200");
    assertThrows(IllegalArgumentException.class, () -> AllowedFastSet.of(peer, HASH, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> AllowedFastSet.of(peer, HASH, 9, -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> AllowedFastSet.of(peer, HASH, 1313, AllowedFastSet.MAX_PIECES + 1));
  }

  private static Inet4Address address(String literal) throws Exception {
    return (Inet4Address) InetAddress.getByName(literal);
  }
}
