package io.weir.loadtest.rig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.rig.compare.ComparisonResult;
import io.weir.loadtest.rig.compare.Measurement;
import io.weir.loadtest.rig.compare.Row;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  @Test
  void everyRowHasItsPlotsAndItsTable() throws Exception {
    ComparisonResult result = Sample.of();
    Document document = parse(HtmlReport.of(result));
    List<String> headings = texts(document, "h2");
    List<String> cells = texts(document, "td");
    for (Row row : result.rows()) {
      assertTrue(headings.contains(row.title()), headings.toString());
      for (Measurement measurement : row.measurements()) {
        assertTrue(cells.containsAll(Figures.of(row, measurement)), cells.toString());
      }
    }
    assertEquals(2 * result.rows().size(), document.getElementsByTagName("svg").getLength());
    // A bar and four dots for each of three measurements.
    assertEquals(3, document.getElementsByTagName("rect").getLength());
    assertEquals(12, document.getElementsByTagName("circle").getLength());
    assertTrue(cells.contains("Linux <6>"), cells.toString());
    assertTrue(cells.contains("traffic_server is not installed"), cells.toString());
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    String html = HtmlReport.of(Sample.of()).replace("http://www.w3.org/2000/svg", "");
    for (String reference : List.of("http:", "https:", "src=", "href=", "url(", "@import")) {
      assertFalse(html.contains(reference), reference);
    }
  }

  @Test
  void aBarIsAsLongAsItsMedian() throws Exception {
    NodeList bars = parse(HtmlReport.of(Sample.of())).getElementsByTagName("rect");
    double ours = width(bars, 0);
    double nginx = width(bars, 1);
    assertEquals(0.11 / 0.2, ours / nginx, 0.001);
  }

  @Test
  void faultsStandAtTheTop() throws Exception {
    List<String> faults = texts(parse(HtmlReport.of(Sample.of("rate missed"))), "li");
    assertEquals(List.of("HTTP ranges of 16KiB: Varnish: rate missed"), faults);
    assertEquals(List.of(), texts(parse(HtmlReport.of(Sample.of())), "li"));
  }

  private static double width(NodeList bars, int index) {
    return Double.parseDouble(
        bars.item(index).getAttributes().getNamedItem("width").getNodeValue());
  }

  private static List<String> texts(Document document, String element) {
    NodeList nodes = document.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }
}
