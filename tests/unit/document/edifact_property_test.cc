// Whatever an interchange holds and however it is separated, its messages come back as they were written.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "document/edifact_source.h"
#include "stream_fixture.h"
#include "tests/support/long_form.h"

namespace greenlane::document {
namespace {

std::uint32_t test_rounds() { return greenlane::test::rounds(400, 20'000); }

struct Value {
  std::string name;  ///< "2.1"
  std::string text;
};

struct Segment {
  std::string tag;
  std::vector<Value> values;
};

/// Writes random interchanges and keeps what their messages hold.
class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string interchange() {
    version_ = static_cast<int>(below(4)) + 1;
    const bool advised = below(4) != 0;
    choose_separators(advised);
    std::string text = advised ? "UNA" + std::string{component_, element_, ".,"[below(2)], release_ == '\0' ? ' ' : release_,
                                                     repetition_ == '\0' ? ' ' : repetition_, terminator_}
                               : "";
    const std::string reference = word();
    text += segment("UNB", {{"UNOY", std::to_string(version_)}, {"A"}, {"B"}, {"1", "2"}, {reference}});
    const std::size_t groups = below(3);
    std::size_t written = 0;
    for (std::size_t g = 0; g < std::max<std::size_t>(groups, 1); ++g) {
      if (groups != 0) text += segment("UNG", {{"X"}, {"A"}, {"B"}, {"1", "2"}, {"G"}});
      const std::size_t count = below(4);
      for (std::size_t m = 0; m < count; ++m) text += message();
      if (groups != 0) text += segment("UNE", {{std::to_string(count)}, {"G"}});
      written += count;
    }
    return text + segment("UNZ", {{std::to_string(groups == 0 ? written : groups)}, {reference}});
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::vector<std::vector<Segment>> messages;

 private:
  using Elements = std::vector<std::vector<std::string>>;

  void choose_separators(bool advised) {
    std::string all = advised ? ":+?*'|^~\\!#;\x1C\x1D" : ":+?*'";
    if (advised) std::shuffle(all.begin(), all.end(), random_);
    component_ = all[0];
    element_ = all[1];
    release_ = advised && below(5) == 0 ? '\0' : all[2];
    repetition_ = version_ == 4 ? all[3] : '\0';
    terminator_ = all[4];
  }

  std::string word() {
    static const std::vector<std::string> letters = {"a", "Z", "9", " ", ".", ":", "+", "?", "*", "'", "|", "^", "~", "\\", "!", "#", ";", "é", "贝", "😀"};
    std::string text = letters[below(3)];
    for (std::size_t i = below(12); i > 0; --i) text += letters[below(letters.size())];
    // What cannot be released cannot be written.
    if (release_ == '\0') std::erase_if(text, [&](char c) { return c == component_ || c == element_ || c == terminator_ || c == repetition_; });
    return text;
  }

  std::string released(const std::string& text) const {
    std::string made;
    for (const char c : text) {
      const bool special = c == component_ || c == element_ || c == terminator_ || c == release_ || (c == repetition_ && c != '\0');
      if (special) made += release_;
      made += c;
    }
    return made;
  }

  std::string blanks() {
    static const std::vector<std::string> some = {"", "", "\n", "\r\n", "\r\n\r\n", " ", "\r"};
    return some[below(some.size())];
  }

  std::string segment(const std::string& tag, const Elements& elements) {
    std::string text = tag;
    for (const auto& components : elements) {
      text += element_;
      for (std::size_t i = 0; i < components.size(); ++i) text += (i == 0 ? "" : std::string(1, component_)) + released(components[i]);
    }
    return text + terminator_ + blanks();
  }

  std::string random_segment(Segment& made) {
    static const std::vector<std::string> tags = {"BGM", "LOC", "CST", "FTX", "X01"};
    made.tag = tags[below(tags.size())];
    std::string text = made.tag;
    const std::size_t elements = below(6);
    for (std::size_t e = 1; e <= elements; ++e) {
      text += element_;
      const std::size_t repetitions = version_ == 4 ? below(3) + 1 : 1;
      for (std::size_t r = 0; r < repetitions; ++r) {
        if (r > 0) text += repetition_;
        const std::size_t components = below(4);
        for (std::size_t c = 1; c <= components; ++c) {
          if (c > 1) text += component_;
          const std::string value = below(3) == 0 ? "" : word();
          if (!value.empty()) made.values.push_back({std::to_string(e) + "." + std::to_string(c), value});
          text += released(value);
        }
      }
    }
    return text + terminator_ + blanks();
  }

  std::string message() {
    const std::string reference = word();
    std::string text = segment("UNH", {{reference}, {"CUSDEC", "D", "99B", "UN"}});
    messages.emplace_back();
    for (std::size_t i = below(8); i > 0; --i) text += random_segment(messages.back().emplace_back());
    return text + segment("UNT", {{std::to_string(messages.back().size() + 2)}, {reference}});
  }

  std::mt19937 random_;
  int version_ = 3;
  char component_ = ':';
  char element_ = '+';
  char release_ = '?';
  char repetition_ = '\0';
  char terminator_ = '\'';
};

std::string shown(const std::vector<Segment>& segments) {
  std::string text;
  for (const Segment& segment : segments) {
    text += segment.tag;
    for (const Value& value : segment.values) text += "|" + value.name + "=" + value.text;
    text += "\n";
  }
  return text;
}

std::string shown(const MessageTree& tree) {
  std::vector<Segment> segments;
  for (std::uint32_t i = tree[0].first_child; i != MessageTree::none; i = tree[i].next) {
    if (tree[i].service) continue;
    segments.push_back({tree.name(i).written, {}});
    for (std::uint32_t v = tree[i].first_child; v != MessageTree::none; v = tree[v].next) {
      segments.back().values.push_back({tree.name(v).written, std::string(tree.text(v))});
    }
  }
  return shown(segments);
}

TEST(EdifactProperty, WhatIsWrittenComesBack) {
  for (std::uint32_t seed = 1; seed <= test_rounds(); ++seed) {
    Writer writer(seed);
    std::string text;
    for (std::size_t i = writer.below(3) + 1; i > 0; --i) text += writer.interchange();
    EdifactSource source(std::make_unique<test::Dribble>(text, writer.below(40) + 1), {});
    const auto records = test::all_records(source);
    ASSERT_EQ(records.size(), writer.messages.size()) << "seed " << seed << "\n" << text;
    for (std::size_t i = 0; i < records.size(); ++i) {
      ASSERT_FALSE(records[i].error) << "seed " << seed << ": " << records[i].error->to_text() << "\n" << text;
      ASSERT_EQ(shown(*records[i].message), shown(writer.messages[i])) << "seed " << seed << "\n" << text;
    }
  }
}

TEST(EdifactProperty, DamageIsNeverTakenForAnotherMessage) {
  // A byte that is lost, doubled or changed: whatever comes out as a message has the segments that UNT counts.
  for (std::uint32_t seed = 1; seed <= test_rounds(); ++seed) {
    Writer writer(seed);
    std::string text = writer.interchange() + writer.interchange();
    const std::size_t at = writer.below(text.size());
    switch (writer.below(3)) {
      case 0:
        text.erase(at, writer.below(5) + 1);
        break;
      case 1:
        text.insert(at, 1, text[at]);
        break;
      default:
        text[at] = static_cast<char>(writer.below(256));
    }
    std::vector<std::string> all;
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
      EdifactSource source(std::make_unique<test::Dribble>(text, step), {});
      std::string outcome;
      while (true) {
        auto record = source.next();
        if (!record.ok()) outcome += record.error().to_text() + "\n";
        if (!record.ok() || !*record) break;
        outcome += (*record)->error ? (*record)->error->to_text() + "\n" : shown(*(*record)->message);
        if (!(*record)->message) continue;
        const MessageTree& tree = *(*record)->message;
        std::uint32_t last = tree[0].first_child;
        while (tree[last].next != MessageTree::none) last = tree[last].next;
        ASSERT_EQ(tree.text(tree[last].first_child), std::to_string(tree[last].position)) << "seed " << seed;
      }
      all.push_back(outcome);
    }
    // And it does not depend on the pieces in which the bytes come.
    ASSERT_EQ(all[0], all[1]) << "seed " << seed;
    ASSERT_EQ(all[0], all[2]) << "seed " << seed;
  }
}

}  // namespace
}  // namespace greenlane::document
