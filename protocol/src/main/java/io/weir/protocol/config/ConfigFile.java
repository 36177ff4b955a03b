package io.weir.protocol.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Overlays a YAML file on a record of defaults: keys are the components' names in dash-case; a
 * missing key keeps its default, an unknown one is an error that names its line and the nearest
 * known key.
 *
 * <p>Components are text, int, long, double, boolean, enums (dash-case too), {@link DataSize},
 * {@link java.time.Duration} ({@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}),
 * {@link ListenAddress}, {@link Path}, lists of these, nested records of them, and lists of records
 * of single values; a list in the file replaces the default whole. Only a component whose default
 * is null may be null; a nested record always has a default; in a list's records, which have no
 * defaults, a component that the file leaves out is null, 0 or false. A record that refuses its
 * components throws {@link IllegalArgumentException} with {@code key: fault}.
 */
public final class ConfigFile {
  /** Largest file accepted. */
  public static final int MAX_BYTES = 1 << 20;

  private static final YAMLMapper MAPPER = ConfigMapper.create();

  /**
   * Reads file over defaults. Relative Paths are kept as written; an empty file is all defaults.
   *
   * @throws ConfigException if the file cannot be read, is larger than {@link #MAX_BYTES}, or says
   *     something that cannot be used; the message names file, line and key where there is one
   */
  public static <T extends Record> T load(Path file, T defaults) throws ConfigException {
    String text = read(file);
    try (YAMLParser parser = MAPPER.getFactory().createParser(text)) {
      ObjectNode tree = MAPPER.valueToTree(defaults);
      @SuppressWarnings("unchecked") // a record's class is its own
      Class<T> type = (Class<T>) defaults.getClass();
      ConfigOverlay overlay =
          new ConfigOverlay(
              file.toString(), parser, new ListSections(MAPPER.getSerializationConfig(), type));
      overlay.apply(tree);
      return toRecord(tree, type, overlay);
    } catch (JsonProcessingException e) {
      throw notYaml(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The whole effective configuration as YAML that {@link #load} reads back to an equal record.
   *
   * @throws IllegalArgumentException if a duration is negative or not whole milliseconds
   */
  public static String print(Record config) {
    return ConfigPrinter.print(MAPPER.valueToTree(config));
  }

  private static String read(Path file) throws ConfigException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(file + ": is larger than " + new DataSize(MAX_BYTES));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": does not exist");
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": is not UTF-8");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private static <T> T toRecord(ObjectNode tree, Class<T> type, ConfigOverlay overlay)
      throws ConfigException, JsonProcessingException {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      String path = dotted(e);
      String fault = fault(e);
      String prefix = path.isEmpty() ? "" : path + ".";
      String named = prefix + fault.substring(0, Math.max(0, fault.indexOf(": ")));
      if (overlay.has(named)) {
        throw new ConfigException(overlay.locate(named) + ": " + prefix + fault);
      }
      throw new ConfigException(
          overlay.locate(path) + ": " + (path.isEmpty() ? "" : path + ": ") + fault);
    }
  }

  private static String dotted(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String fault(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null) {
      return cause.getMessage();
    }
    if (e instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      String allowed =
          Arrays.stream(format.getTargetType().getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .collect(Collectors.joining(", "));
      return "'" + format.getValue() + "' is not one of " + allowed;
    }
    return e.getOriginalMessage();
  }

  private static ConfigException notYaml(Path file, JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      int line = marked.getProblemMark().getLine() + 1;
      return new ConfigException(file + ":" + line + ": not valid YAML: " + marked.getProblem());
    }
    return new ConfigException(file + ": not valid YAML: " + e.getOriginalMessage());
  }

  private ConfigFile() {}
}
