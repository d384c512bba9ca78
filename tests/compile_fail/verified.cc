// Ways to make a Verified<T> without a verifier. The test compiles this file without FORGERY, and expects the compiler to refuse
// each of the numbers.
#include <bit>
#include <string>
#include <utility>

#include "crypto/verified.h"

namespace {

using greenlane::Verified;
using greenlane::VerifierPass;

/// What may be done with one that there is.
std::string use(Verified<std::string> message) {
  const Verified<std::string> copy = message;
  return *copy + std::to_string(copy->size()) + *std::move(message);
}

#if FORGERY == 1
Verified<std::string> forged() { return {VerifierPass(), "accepted"}; }
#elif FORGERY == 2
Verified<std::string> forged() { return {VerifierPass{}, "accepted"}; }
#elif FORGERY == 3
Verified<std::string> forged() { return {{}, "accepted"}; }
#elif FORGERY == 4
Verified<std::string> forged() { return std::string("accepted"); }
#elif FORGERY == 5
Verified<std::string> forged() { return {}; }
#elif FORGERY == 6
struct Mine : VerifierPass {};
Verified<std::string> forged() { return {Mine(), "accepted"}; }
#elif FORGERY == 7
Verified<std::string> forged() { return {std::bit_cast<VerifierPass>('x'), "accepted"}; }
#elif FORGERY == 8
void forged(Verified<std::string>& message) { *message = "accepted"; }
#elif FORGERY == 9
void forged(Verified<std::string>& message) { message->assign("accepted"); }
#elif FORGERY == 10
namespace greenlane_trust {
class EnvelopeVerifier {
 public:
  Verified<std::string> forged() { return {VerifierPass(), "accepted"}; }
};
}  // namespace greenlane_trust
#endif

}  // namespace

int main() { return static_cast<int>(sizeof(&use)) > 0 ? 0 : 1; }
