#include "screening/why_json.h"

namespace greenlane::screening {

void write_margin(JsonWriter& out, const Margin& margin) {
  out.member("comparison", margin.comparison).member("value", margin.value).member("threshold", margin.threshold);
  out.member("distance", margin.distance);
  if (margin.days) out.member("unit", "day");
  if (!margin.percent.empty()) out.member("percent", margin.percent);
}

void write_change_sets(JsonWriter& out, std::string_view key, const std::vector<ChangeSet>& sets) {
  out.begin_array(key);
  for (const ChangeSet& set : sets) {
    out.begin_object().begin_array("changes");
    for (const Change& change : set.changes) {
      out.begin_object().member("kind", change.kind).member("pointer", change.pointer);
      if (!change.code.empty()) out.member("code", change.code);
      out.end_object();
    }
    out.end_array().member("certain", set.certain);
    if (!set.depends_on.empty()) {
      out.begin_array("depends_on");
      for (const std::string& pointer : set.depends_on) out.element(pointer);
      out.end_array();
    }
    out.end_object();
  }
  out.end_array();
}

void write_why(JsonWriter& out, const Why& why) {
  out.begin_array("near_misses");
  for (const NearMiss& miss : why.near_misses) {
    out.begin_object().member("criterion", miss.criterion->id).member("version", miss.criterion->version).member("at", miss.at);
    if (miss.row) write_row(out, *miss.row);
    out.member("condition", miss.condition);
    if (miss.margin) write_margin(out, *miss.margin);
    out.end_object();
  }
  out.end_array();
  if (why.near_misses_omitted) out.member("near_misses_omitted", true);
  write_change_sets(out, "lower", why.lower);
  if (why.lower_omitted) out.member("lower_omitted", true);
}

}  // namespace greenlane::screening
