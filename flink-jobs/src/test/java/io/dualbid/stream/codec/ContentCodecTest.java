package io.dualbid.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.ContentRequest;
import io.dualbid.core.engine.PlacementDecision;
import io.dualbid.core.model.Reason;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.placement.fit.FitModel;
import io.dualbid.core.placement.fit.HashedWords;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for ads in content, and placements. */
class ContentCodecTest {
  private final ContentRequestDecoder decoder =
      new ContentRequestDecoder(
          new Account("USD", Map.of(), null, false),
          1_000,
          new FitModel(HashedWords.weighedBy(List.of("soup", "tent"))));

  private ContentRequest decode(String json) throws UnreadableRecord {
    return decoder.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 5_000);
  }

  @Test
  void readsPositionsWithWeights() throws UnreadableRecord {
    ContentRequest request =
        decode(
            "{'id':'r','tmax':300,'user':{'id':'u'},'site':{'domain':'A.example'},"
                + "'model':'cascade','continuation':0.9,'attention':[1,0.8],'max_ads':1,"
                + "'min_distance':40,'fit_floor':0.2,'separate_categories':true,'later':[1],"
                + "'positions':[{'offset':10},{'offset':60,'topics':['politics']}],"
                + "'creatives':[{'campaign':'a','creative':'c','click_weight':[0.1,0.2],"
                + "'fit':[0.5,0.1],'excluded_topics':['politics']}]}");
    assertThat(request.context().user()).isEqualTo("u");
    assertThat(request.context().deadlineMillis()).isEqualTo(5_300);
    assertThat(request.context().places()).containsExactly("a.example");
    assertThat(request.positions()).extracting(p -> p.offset()).containsExactly(10, 60);
    assertThat(request.positions().get(1).topics()).containsExactly("politics");
    assertThat(request.limits().maxAds()).isEqualTo(1);
    assertThat(request.limits().minDistance()).isEqualTo(40);
    assertThat(request.limits().fitFloor()).isEqualTo(0.2);
    assertThat(request.separateCategories()).isTrue();
    assertThat(request.user())
        .isInstanceOfSatisfying(
            UserModel.Cascade.class, c -> assertThat(c.attention(1)).isEqualTo(0.8));
    ContentRequest.Candidate candidate = request.candidates().get(0);
    assertThat(candidate.clickWeight()).containsExactly(0.1, 0.2);
    assertThat(candidate.fit()).containsExactly(0.5, 0.1);
    assertThat(candidate.excludedTopics()).isEqualTo(Set.of("politics"));
  }

  /** The ad about soup fits the paragraph on soup and nothing else. */
  @Test
  void measuresFitOfRawText() throws UnreadableRecord {
    ContentRequest request =
        decode(
            "{'id':'r','content':'## Lunch\\n\\nA soup of beans.\\n\\n## Night\\n\\nPitch the tent"
                + " early.\\n','creatives':[{'campaign':'a','creative':'c','text':'Soup of beans'}]}");
    assertThat(request.positions()).hasSize(2);
    List<Double> weight = request.candidates().get(0).clickWeight();
    assertThat(weight.get(0)).isGreaterThan(0);
    assertThat(weight.get(1)).isEqualTo(0);
    double cosine = request.candidates().get(0).fit().get(0);
    assertThat(weight.get(0)).isCloseTo(Math.exp(-3 + 2.5 * cosine), within(1e-12));
    assertThat(request.limits().maxAds()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing                                                        | JSON",
        "{'positions':1,'creatives':[]}                                 | 'id'",
        "{'id':'r','creatives':[]}                                      | 'positions'",
        "{'id':'r','positions':1}                                       | 'creatives'",
        "{'id':'r','positions':2000,'creatives':[]}                     | 'positions'",
        "{'id':'r','positions':1,'creatives':[],'model':'magic'}        | mnl or cascade",
        "{'id':'r','positions':1,'creatives':[],'objective':'revenue'}  | welfare",
        "{'id':'r','positions':1,'creatives':[],'max_ads':-1}           | 'max_ads'",
        "{'id':'r','positions':[{'offset':3},{'offset':3}],'creatives':[]} | rise",
        "{'id':'r','positions':1,'creatives':[{'campaign':'a','creative':'c'}]} | 'click_weight'",
        "{'id':'r','positions':1,'creatives':[{'creative':'c','click_weight':[1]}]} | 'campaign'",
        "{'id':'r','positions':1,'creatives':[{'campaign':'a','creative':'c','click_weight':[-1]}]}"
            + " | at least 0",
        "{'id':'r','positions':1,'model':'cascade','creatives':[{'campaign':'a','creative':'c',"
            + "'click_weight':[2]}]} | at most 1",
        "{'id':'r','positions':1,'model':'cascade','continuation':7,'creatives':[]} | continuation",
        "{'id':'r','content':'A b.','creatives':[{'campaign':'a','creative':'c'}]} | 'text'",
        "{'id':'r','content':'A b.','weights':{'decay':0},'creatives':[]} | decay"
      })
  void refusesWhatCannotBeAnswered(String json, String told) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            UnreadableRecord.class,
            e -> assertThat(e.reason().replace('\'', '"')).contains(told.replace('\'', '"')));
  }

  @Test
  void tellsWhyThereIsNoAd() throws UnreadableRecord {
    ContentRequest request = decode("{'id':'r','positions':1,'creatives':[]}");
    byte[] record =
        new PlacementCodec()
            .encode(
                request,
                new PlacementDecision(Reason.NO_CANDIDATE, null, List.of(), List.of()),
                5_001,
                new RequestPlace(2, 77),
                new AnswerOrder(Topics.DEFAULT, 1, 10_000));
    Placement placement = PlacementCodec.decode(record);
    assertThat(placement)
        .isEqualTo(new Placement("r", List.of(), "no-candidate", new RequestPlace(2, 77)));
  }
}
