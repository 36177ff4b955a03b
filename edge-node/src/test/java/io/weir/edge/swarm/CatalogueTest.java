package io.weir.edge.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.edge.fixture.TestContent;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  private final Map<String, Metainfo> metainfos = new HashMap<>();
  private final List<String> ordinals = new ArrayList<>();
  private Set<Long> stored = Set.of();
  private final Catalogue catalogue = new Catalogue();

  @Test
  void nothingIsSaidOfAnyContentBeforeTheFirstAssignment() {
    assertInstanceOf(Catalogue.Lookup.Unassigned.class, catalogue.byId("film"));
    assertNull(catalogue.byInfoHash(InfoHash.of(new byte[20])));
    assertEquals(List.of(), catalogue.contents());
  }

  @Test
  void readyContentIsFoundByIdAndByBothInfoHashes() {
    Metainfo metainfo = metainfo("film", 1);
    replace(content("film", 1, true, "b", "a"));
    Content film = ready("film");
    assertEquals(film, catalogue.byInfoHash(metainfo.infoHash()));
    assertEquals(film, catalogue.byInfoHash(metainfo.infoHashV2().truncated()));
    assertEquals(List.of(film), catalogue.contents());
    assertEquals("http://adapter", film.cached().originAdapter());
  }

  @Test
  void replicasAreNamedFirstMostPreferredFirst() {
    metainfo("film", 1);
    replace(content("film", 1, true, "c", "gone", "b"));
    assertEquals(
        List.of("c", "b", "a"), ready("film").edges().stream().map(NodeEndpoints::id).toList());
  }

  @Test
  void assignedIsWhatThisNodeReplicates() {
    metainfo("film", 1);
    metainfo("song", 1);
    replace(content("film", 1, true, "b"), content("song", 1, true, "b", "a"));
    assertFalse(ready("film").assigned());
    assertTrue(ready("song").assigned());
  }

  @Test
  void contentIsIngestingUntilItIsReadyAndItsMetainfoIsHere() {
    metainfo("film", 1);
    replace(content("film", 1, false, "a"), content("song", 1, true, "a"));
    assertInstanceOf(Catalogue.Lookup.Ingesting.class, catalogue.byId("film"));
    assertInstanceOf(Catalogue.Lookup.Ingesting.class, catalogue.byId("song"));
    stored = Set.of(7L, 8L);
    replace(content("film", 1, false, "a"), content("song", 1, true, "a"));
    assertEquals(Set.of(7L, 8L), catalogue.snapshot().ordinals());
  }

  @Test
  void whatTheAssignmentDoesNotNameIsUnknown() {
    replace();
    assertInstanceOf(Catalogue.Lookup.Unknown.class, catalogue.byId("film"));
  }

  @Test
  void newestReadyVersionIsServedWhateverTheOrder() {
    metainfo("film", 1);
    metainfo("film", 2);
    AssignedContent first = content("film", 1, true, "a");
    AssignedContent second = content("film", 2, true, "a");
    AssignedContent third = content("film", 3, false, "a");
    for (List<AssignedContent> order :
        List.of(List.of(first, second, third), List.of(third, second, first))) {
      replace(order.toArray(AssignedContent[]::new));
      assertEquals(2, ready("film").cached().contentVersion());
      assertEquals(2, catalogue.contents().size());
    }
  }

  @Test
  void followersHearAfterTheSwitchInOrder() {
    List<String> heard = new ArrayList<>();
    Catalogue[] followed = new Catalogue[1];
    followed[0] =
        new Catalogue(
            List.of(
                next -> heard.add("first " + followed[0].snapshot().equals(next)),
                next -> heard.add("second")));
    followed[0].replace(CatalogueSnapshot.empty());
    assertEquals(List.of("first true", "second"), heard);
  }

  private Content ready(String contentId) {
    return assertInstanceOf(Catalogue.Lookup.Ready.class, catalogue.byId(contentId)).content();
  }

  private Metainfo metainfo(String contentId, int contentVersion) {
    String name = contentId + contentVersion;
    Metainfo metainfo = TestContent.ofPieces(contentId, name.hashCode(), 2).cached().metainfo();
    metainfos.put(name, metainfo);
    return metainfo;
  }

  private void replace(AssignedContent... contents) {
    Assignment assignment =
        new Assignment(7, List.of(contents), List.of(node("a"), node("b"), node("c")));
    catalogue.replace(
        CatalogueSnapshot.of(
            "a",
            assignment,
            content -> metainfos.get(content.contentId() + content.contentVersion()),
            (content, infoHash) -> ordinal(content.contentId() + content.contentVersion()),
            content -> stored));
  }

  private long ordinal(String name) {
    if (!ordinals.contains(name)) {
      ordinals.add(name);
    }
    return 1L + ordinals.indexOf(name);
  }

  private static AssignedContent content(
      String contentId, int contentVersion, boolean ready, String... replicas) {
    return new AssignedContent(
        contentId, contentVersion, ready, null, null, List.of(replicas), "http://adapter");
  }

  private static NodeEndpoints node(String id) {
    return new NodeEndpoints(id, "http://" + id, id + ":6881", "udp://" + id + ":6969", "");
  }
}
