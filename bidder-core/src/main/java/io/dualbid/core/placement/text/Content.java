package io.dualbid.core.placement.text;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Generated content in Markdown: where ads may stand in it, and what surrounds each place. Ads
 * stand at ends of paragraphs and sentences of running prose; never within, or right after a line
 * of, code, a list, a quote, a table, a heading, a rule or HTML, and never within a link, an
 * emphasis or a span of code. Immutable.
 */
public final class Content {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .build();

  /** Sentences before a place, and after it, that count as its context. */
  private static final int BEFORE = 2;

  /** Most characters of a context, and how many of them may come after the place. */
  private static final int CONTEXT = 600;

  private static final int AFTER = 250;

  private final String source;
  private final List<Sentence> sentences;

  /**
   * A sentence of running prose.
   *
   * @param end offset after it
   * @param section how many headings come before it
   * @param endsParagraph whether it is its paragraph's last
   * @param open whether an ad may stand after it
   * @param plain its words without markup
   */
  private record Sentence(
      int start, int end, int section, boolean endsParagraph, boolean open, String plain) {}

  private Content(String source, List<Sentence> sentences) {
    this.source = source;
    this.sentences = List.copyOf(sentences);
  }

  /** Reads content; any text is Markdown. */
  public static Content parse(String source) {
    List<Sentence> sentences = new ArrayList<>();
    int section = 0;
    for (Node node = PARSER.parse(source).getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        section++;
      } else if (node instanceof Paragraph) {
        addSentences(source, node, section, sentences);
      }
    }
    return new Content(source, sentences);
  }

  private static void addSentences(
      String source, Node paragraph, int section, List<Sentence> sentences) {
    List<SourceSpan> lines = paragraph.getSourceSpans();
    int start = lines.get(0).getInputIndex();
    SourceSpan last = lines.get(lines.size() - 1);
    String text = source.substring(start, last.getInputIndex() + last.getLength());
    if (text.lines().anyMatch(line -> line.stripLeading().startsWith("|"))) {
      // Rows of a table that lacks the line below its header, so that Markdown knows none.
      return;
    }
    Markup markup = Markup.of(paragraph);
    int from = 0;
    for (int end : SentenceEnds.of(text)) {
      boolean whole = end == text.length();
      sentences.add(
          new Sentence(
              start + from,
              start + end,
              section,
              whole,
              whole || !markup.covers(start + end),
              PlainText.of(PARSER.parse(text.substring(from, end)))));
      from = end;
    }
  }

  /** The content as it came. */
  public String source() {
    return source;
  }

  /**
   * Where ads may stand, in reading order.
   *
   * @param minGap a place closer than this many characters to the one kept before it is left out
   */
  public List<InsertionPoint> points(Granularity granularity, int minGap) {
    List<InsertionPoint> points = new ArrayList<>();
    for (Sentence sentence : sentences) {
      boolean wanted = sentence.endsParagraph || granularity == Granularity.SENTENCE;
      if (wanted
          && sentence.open
          && (points.isEmpty()
              || sentence.end - points.get(points.size() - 1).offset() >= minGap)) {
        points.add(new InsertionPoint(sentence.end, sentence.endsParagraph));
      }
    }
    return points;
  }

  /**
   * What surrounds a place: the last two sentences before it and the first after it, without
   * markup, at most 600 characters. What stands under another heading is about something else, and
   * is left out.
   */
  public String context(InsertionPoint point) {
    int after = sentencesBefore(point);
    int section = sentences.get(after - 1).section;
    String before = before(point);
    String next =
        after < sentences.size() && sentences.get(after).section == section
            ? sentences.get(after).plain
            : "";
    next = next.isEmpty() ? "" : " " + next.substring(0, Math.min(next.length(), AFTER));
    int room = CONTEXT - next.length();
    return before.substring(Math.max(0, before.length() - room)) + next;
  }

  /** The last two sentences before a place, under the same heading, without markup. */
  public String before(InsertionPoint point) {
    int after = sentencesBefore(point);
    int section = sentences.get(after - 1).section;
    StringBuilder before = new StringBuilder();
    for (int i = Math.max(0, after - BEFORE); i < after; i++) {
      if (sentences.get(i).section == section) {
        before.append(before.isEmpty() ? "" : " ").append(sentences.get(i).plain);
      }
    }
    return before.toString();
  }

  private int sentencesBefore(InsertionPoint point) {
    int count = 0;
    while (count < sentences.size() && sentences.get(count).end <= point.offset()) {
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("no sentence ends by offset " + point.offset());
    }
    return count;
  }
}
