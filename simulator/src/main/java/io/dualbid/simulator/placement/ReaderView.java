package io.dualbid.simulator.placement;

import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.core.placement.text.InsertionPoint;
import io.dualbid.simulator.report.Markup;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/**
 * Content as HTML, as a reader would see it, each ad marked and linked to what the page says of it.
 * Headings are one level lower, for the page has its own above them; pictures are their words, as
 * the page asks no network; HTML in the content is shown, not obeyed.
 */
final class ReaderView {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(context -> new ReachableCode())
          .nodeRendererFactory(LowerHeadings::new)
          .build();

  /** Characters that no text has (Unicode keeps them for private use); they survive rendering. */
  private static final char OPEN = '\ue000';

  private static final char CLOSE = '\ue001';
  private static final Pattern OWN_PARAGRAPH =
      Pattern.compile("<p>\\s*" + OPEN + "(\\d+)" + CLOSE + "\\s*</p>");
  private static final Pattern OWN_SENTENCE = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

  private ReaderView() {}

  /** The content with ads 1, 2, ... as {@code #ad-1}, which link to {@code #why-1}. */
  static String html(FittedContent fitted, List<Placed> placed, List<String> texts) {
    String source = fitted.content().source().replace(OPEN, '\ufffd').replace(CLOSE, '\ufffd');
    StringBuilder marked = new StringBuilder(source);
    for (int k = placed.size() - 1; k >= 0; k--) {
      InsertionPoint point = fitted.points().get(placed.get(k).position());
      marked.insert(point.offset(), (point.endsParagraph() ? "\n\n" : " ") + OPEN + k + CLOSE);
    }
    String html = RENDERER.render(PARSER.parse(marked.toString()));
    String paragraphs =
        OWN_PARAGRAPH
            .matcher(html)
            .replaceAll(m -> Matcher.quoteReplacement(ad("div", m.group(1), texts)));
    return OWN_SENTENCE
        .matcher(paragraphs)
        .replaceAll(m -> Matcher.quoteReplacement(ad("span", m.group(1), texts)));
  }

  private static String ad(String element, String index, List<String> texts) {
    int k = Integer.parseInt(index);
    int number = k + 1;
    return "<"
        + element
        + " class=\"ad\" id=\"ad-"
        + number
        + "\"><span class=\"tag\">Sponsored</span> "
        + Markup.escaped(texts.get(k))
        + " <a class=\"number\" href=\"#why-"
        + number
        + "\" aria-label=\"Ad "
        + number
        + ": why it stands here\">"
        + number
        + "</a></"
        + element
        + ">";
  }

  /** Code that is too wide scrolls, by keyboard too. */
  private static final class ReachableCode implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
      if (tag.equals("pre")
          && (node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock)) {
        attributes.put("tabindex", "0");
      }
    }
  }

  private static final class LowerHeadings implements NodeRenderer {
    private static final int LOWEST = 6;

    private final HtmlNodeRendererContext context;
    private final HtmlWriter html;

    LowerHeadings(HtmlNodeRendererContext context) {
      this.context = context;
      this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Heading.class, Image.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof Heading heading) {
        String tag = "h" + Math.min(LOWEST, heading.getLevel() + 1);
        html.line();
        html.tag(tag);
        children(node);
        html.tag("/" + tag);
        html.line();
      } else {
        children(node);
      }
    }

    private void children(Node parent) {
      for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
        context.render(node);
      }
    }
  }
}
