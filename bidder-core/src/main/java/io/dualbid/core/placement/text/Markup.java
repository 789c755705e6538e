package io.dualbid.core.placement.text;

import java.util.BitSet;
import java.util.List;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;

/** Which parts of a paragraph are within a link, an emphasis, a span of code or HTML. */
final class Markup {
  private final BitSet within = new BitSet();
  private boolean html;

  private Markup() {}

  static Markup of(Node paragraph) {
    Markup markup = new Markup();
    for (Node node = paragraph.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof HtmlInline) {
        // Which tags are open where is the browser's to say.
        markup.html = true;
      } else if (!(node instanceof Text
          || node instanceof SoftLineBreak
          || node instanceof HardLineBreak)) {
        List<SourceSpan> spans = node.getSourceSpans();
        SourceSpan last = spans.get(spans.size() - 1);
        // Strictly within: right before its first and right after its last character is outside.
        markup.within.set(
            spans.get(0).getInputIndex() + 1, last.getInputIndex() + last.getLength());
      }
    }
    return markup;
  }

  /** Whether an ad at this offset of the content would stand within marked-up words. */
  boolean covers(int offset) {
    return html || within.get(offset);
  }
}
