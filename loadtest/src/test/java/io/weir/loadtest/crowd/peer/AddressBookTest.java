package io.weir.loadtest.crowd.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private static final InetSocketAddress SELF = address(1);
  private static final InetSocketAddress EDGE = address(2);

  private final AddressBook book = new AddressBook(SELF, Set.of(EDGE), new Random(1));

  @Test
  void edgesAreDialledFirst() {
    book.add(List.of(address(3), address(4), EDGE), 0);

    assertEquals(EDGE, book.next(0));
  }

  @Test
  void ownAddressIsNeverDialled() {
    book.add(List.of(SELF), 0);

    assertNull(book.next(0));
  }

  @Test
  void aDialledAddressRestsThoughItIsNamedAgain() {
    long rest = AddressBook.REST.toNanos();
    book.add(List.of(EDGE), 0);
    book.next(0);
    book.add(List.of(EDGE), 1);

    assertNull(book.next(rest - 1));
    assertEquals(EDGE, book.next(rest));
  }

  @Test
  void keepsNoMoreThanItsBound() {
    book.add(
        IntStream.range(0, AddressBook.MAX_ADDRESSES + 10)
            .mapToObj(i -> address(1_000 + i))
            .toList(),
        0);

    int dialled = 0;
    while (book.next(0) != null) {
      dialled++;
    }
    assertEquals(AddressBook.MAX_ADDRESSES, dialled);
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
