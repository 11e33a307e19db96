// UK bank accounts: sort code and account number in normal form, and the modulus check of one against the other.
// After "Validating account numbers: UK modulus checking" (Vocalink for Pay.UK), which publishes the tables too.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/core/result.hpp"

namespace tideover {

/// Why two texts are no account that could be paid. For the last two, somebody has to ask which eight digits to use.
enum class AccountFault { sort_code, account_number, nine_digits, ten_digits };

/// The fault as one sentence that tells an officer what to enter.
[[nodiscard]] std::string_view sentence_of(AccountFault fault);

/// A sort code of six digits and an account number of eight: the normal form, in which payments are made.
class BankAccount {
public:
    [[nodiscard]] const std::string& sort_code() const noexcept { return sort_code_; }  ///< "089999"
    [[nodiscard]] const std::string& number() const noexcept { return number_; }        ///< "66374958"
    [[nodiscard]] std::string dashed_sort_code() const;                                 ///< "08-99-99"
    bool operator==(const BankAccount&) const = default;

private:
    friend Result<BankAccount, AccountFault> read_bank_account(std::string_view, std::string_view);
    BankAccount(std::string sort_code, std::string number)
        : sort_code_(std::move(sort_code)), number_(std::move(number)) {}
    std::string sort_code_, number_;
};

/// Reads "08-99-99", "08 99 99" or "089999", and an account number of digits only. Six and seven digits get their
/// leading zeros. Nine are Santander's where the sort code is: their first becomes the last of the sort code, so that
/// sort_code() may differ from what was entered. Other banks' nine digits, and ten, mean different things at different
/// banks and are refused.
[[nodiscard]] Result<BankAccount, AccountFault> read_bank_account(std::string_view sort_code,
                                                                  std::string_view account_number);

enum class ModulusMethod { mod10, mod11, dblal };

/// Weights of the 14 digits of sort code and account number, which the specification calls u v w x y z a b c d e f g h.
using ModulusWeights = std::array<int, 14>;

/// One row of the weight table.
struct ModulusRow {
    int from = 0, to = 0;  // sort codes as numbers, both included
    ModulusMethod method = ModulusMethod::mod10;
    ModulusWeights weights{};
    int exception = 0;     // 1 to 14; 0 where there is none
    std::size_t line = 0;  // of the published file, from 1
};

/// Where a published table cannot be used, and why.
struct TableFault {
    std::string_view table;  // "weights" or "substitutions"
    std::size_t line = 0;    // from 1; of an empty table, 1
    std::string_view what;
};

/// The two published tables (valacdos and scsubtab), as they were read.
class ModulusTables {
public:
    /// The rows that cover a sort code in normal form: none, one, or two in the order in which they are tried.
    [[nodiscard]] std::span<const ModulusRow> rows_for(std::string_view sort_code) const;
    /// The sort code that is weighed instead under exception 5: mostly the same one.
    [[nodiscard]] std::string_view substitute(std::string_view sort_code) const;
    [[nodiscard]] std::span<const ModulusRow> rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t substitutions() const noexcept { return substitutions_.size(); }

private:
    friend Result<ModulusTables, TableFault> read_modulus_tables(std::string_view, std::string_view);
    std::vector<ModulusRow> rows_;  // by range; ranges are the same or apart
    std::map<std::string, std::string, std::less<>> substitutions_;
};

/// Reads both tables as they are published: columns between blanks, lines that may end in CR LF, empty lines passed
/// over. Ranges ascend, and the only overlap is a range that stands twice, one row after the other, for two checks. An
/// exception must stand where the specification says what it means. The first bad row refuses everything.
[[nodiscard]] Result<ModulusTables, TableFault> read_modulus_tables(std::string_view weights,
                                                                    std::string_view substitutions);

/// What the check can say. `possible` does NOT mean that the account exists, is open or is the payee's: only that the
/// bank could have issued such a number. `not_covered` means that nothing is known: no row covers the sort code, or
/// its rows do not apply to this account (foreign currency). The specification calls both valid.
enum class ModulusVerdict { possible, impossible, not_covered };

enum class ModulusOutcome { passed, failed, not_made };

/// One check that was made, or that an exception left out.
struct ModulusStep {
    std::size_t line = 0;  // of the weight table
    ModulusMethod method = ModulusMethod::mod10;
    int exception = 0;  // of that row; 0 where there is none
    ModulusOutcome outcome = ModulusOutcome::not_made;
};

struct ModulusFinding {
    ModulusVerdict verdict = ModulusVerdict::not_covered;
    std::vector<ModulusStep> steps{};  // in order; the last one decided
};

/// Checks an account against the tables. As ModulusVerdict says, `possible` does not mean that the account exists.
[[nodiscard]] ModulusFinding check(const ModulusTables& tables, const BankAccount& account);

/// A finding for an officer to read: the verdict, then each step with its line, method and exception. It holds no digit
/// of the account, but its lines tell the bank.
[[nodiscard]] std::string explain(const ModulusFinding& finding);

}  // namespace tideover
