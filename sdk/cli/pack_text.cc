#include "pack_text.h"

#include "criteria_text.h"

namespace greenlane::cli {
namespace {

std::string provenance_text(const Console& console, const Pack& pack) {
  if (pack.identity().provenance == "local") {
    return std::string(console.say("local pack, not signed by any authority", "本地判据包，未经任何机关签名"));
  }
  const std::string& authority = pack.authority().in(console.language);
  return std::string(console.say("published and signed by ", "已发布并签名：")) + authority + std::string(console.say(", verified", "，签名已核验"));
}

}  // namespace

std::string packs_text(const Console& console, const std::vector<Pack>& packs) {
  std::string out;
  for (const Pack& pack : packs) {
    const PackIdentity& id = pack.identity();
    out += console.bold(pack.title().in(console.language)) + "\n";
    out += wrapped("  ", id.id + std::string(console.say(" revision ", " 修订号 ")) + std::to_string(id.revision) + ", " + provenance_text(console, pack), 2);
    out += "  " + id.digest + "\n" + freshness_text(console, id);
    if (!pack.notice().in(console.language).empty()) out += wrapped("  ", pack.notice().in(console.language), 2);
  }
  return out;
}

std::string freshness_text(const Console& console, const PackIdentity& pack) {
  if (pack.freshness == "not_applicable" || pack.freshness == "fresh") return "";
  const std::string_view what_to_do = pack.freshness == "clock_suspect" ? console.say("; set the clock", "；请校准时钟")
                                                                        : console.say("; run greenlane criteria update", "；请运行 greenlane criteria update");
  return console.styled("33", wrapped("  ", freshness_words(console, pack.freshness) + std::string(what_to_do), 2));
}

}  // namespace greenlane::cli
