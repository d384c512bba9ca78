// A CSV file of real shape with a pack and a mapping of the samples: screen_files() against a bare program
// that reads every cell, hashes as much as a declaration has, and writes results made before. Only where the
// data is.
#include <openssl/evp.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "bench_files.h"
#include "document/document.h"
#include "figures.h"
#include "greenlane/screening.h"
#include "measure.h"

namespace greenlane::bench {
namespace {

constexpr std::size_t rows = 50'000;

/// The header and the first rows.
std::string head_of(const std::string& text) {
  std::size_t end = 0;
  for (std::size_t line = 0; line <= rows && end < text.size(); ++line) end = text.find('\n', end) + 1;
  return text.substr(0, end);
}

class BareProgram {
 public:
  BareProgram(std::string results, std::size_t canonical_bytes)
      : results_(std::move(results)),
        canonical_(canonical_bytes, 'x'),
        sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)),
        hashing_(EVP_MD_CTX_new()) {}
  ~BareProgram() {
    EVP_MD_CTX_free(hashing_);
    EVP_MD_free(sha256_);
  }
  BareProgram(const BareProgram&) = delete;
  BareProgram& operator=(const BareProgram&) = delete;

  void run(const std::string& input, const std::string& output) {
    const std::string text = read_file(input);
    const File out = open_for_results(output);
    const char* result = results_.data();
    const char* at = static_cast<const char*>(std::memchr(text.data(), '\n', text.size())) + 1;
    const char* const last = text.data() + text.size();
    while (at < last) {
      const char* const end =
          static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(last - at)));
      for (const char* cell = at; cell <= end; ++cells_) {
        const void* comma = std::memchr(cell, ',', static_cast<std::size_t>(end - cell));
        const char* const cell_end = comma != nullptr ? static_cast<const char*>(comma) : end;
        std::memcpy(canonical_.data(), cell, static_cast<std::size_t>(cell_end - cell));
        cell = cell_end + 1;
      }
      hash();
      const char* const result_end =
          static_cast<const char*>(std::memchr(
              result, '\n', static_cast<std::size_t>(results_.data() + results_.size() - result))) +
          1;
      std::fwrite(result, 1, static_cast<std::size_t>(result_end - result), out.get());
      result = result_end;
      at = end + 1;
    }
  }

 private:
  void hash() {
    std::array<unsigned char, 32> digest;
    EVP_DigestInit_ex2(hashing_, sha256_, nullptr);
    EVP_DigestUpdate(hashing_, canonical_.data(), canonical_.size());
    EVP_DigestFinal_ex(hashing_, digest.data(), nullptr);
    std::memcpy(canonical_.data() + 64, digest.data(), digest.size());
  }

  std::string results_;
  std::string canonical_;
  EVP_MD* sha256_;
  EVP_MD_CTX* hashing_;
  std::uint64_t cells_ = 0;
};

}  // namespace

std::optional<KoreaFigure> measure_korea(const Bench& bench) {
  const char* data = std::getenv("GREENLANE_TEST_DATA");
  const std::string samples = GREENLANE_SAMPLES;
  const std::string csv = std::string(data != nullptr ? data : "") + "/korea-customs/df_syn_train_eng.csv";
  if (bench.plan.quick || data == nullptr || !std::filesystem::exists(csv)) return std::nullopt;
  say("Korean import declarations");
  const std::string input = bench.folder + "/korea.csv", results = bench.folder + "/engine.ndjson";
  write_file(input, head_of(read_file(csv)));
  const InputOptions options{"csv", samples + "/mappings/korea-customs.json"};
  const Pack pack = load_pack(samples + "/criteria/kr-profile");
  screen_file(input, pack, options, 1, results);
  const auto declaration = Declaration::read(input, options);
  if (!declaration.ok()) throw std::runtime_error(declaration.error().to_text());
  std::string buffer;
  BareProgram bare(read_file(results),
                   std::max<std::size_t>(declaration->document()->canonical(buffer).size(), 96));
  const std::string by_hand = bench.folder + "/bare.ndjson";
  bare.run(input, by_hand);
  if (read_file(by_hand) != read_file(results))
    throw Disagreement("the bare program writes other bytes than the engine for the Korean data");
  const auto times = compare(
      bench.plan.passes, bench.plan.least_seconds, [&] { screen_file(input, pack, options, 1, results); },
      [&] { bare.run(input, by_hand); });
  return KoreaFigure{static_cast<double>(rows) / times.first, static_cast<double>(rows) / times.second};
}

}  // namespace greenlane::bench
