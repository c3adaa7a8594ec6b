namespace FieldMedic.Packs.Yaml;

/// <summary>The stable codes of pack problems. A code is never reused for something else; <c>docs/codes.md</c> explains each.</summary>
public static class PackCodes
{
    public const string FileNotFound = "FM1001";
    public const string FolderWithoutPack = "FM1002";
    public const string Unreadable = "FM1003";
    public const string TooBig = "FM1004";
    public const string NotText = "FM1005";
    public const string Empty = "FM1006";
    public const string Syntax = "FM1007";
    public const string AnchorOrTag = "FM1008";
    public const string SecondDocument = "FM1009";
    public const string TooDeep = "FM1010";

    public const string DuplicateKey = "FM1011";
    public const string UnknownKey = "FM1012";
    public const string MissingKey = "FM1013";
    public const string WrongShape = "FM1014";
    public const string KeyNotText = "FM1015";

    public const string UndefinedVariable = "FM1020";
    public const string BadVariable = "FM1021";

    public const string NotANumber = "FM1030";
    public const string NotADuration = "FM1031";
    public const string NotAFlag = "FM1032";
    public const string NotAChoice = "FM1033";
    public const string OutOfRange = "FM1034";
    public const string BadName = "FM1035";
    public const string BadLogin = "FM1036";
    public const string BadDockerAddress = "FM1037";
    public const string NotASize = "FM1038";
    public const string BadSetting = "FM1039";

    public const string UnknownProbeKind = "FM1040";
    public const string UnknownRemedyKind = "FM1041";
    public const string NotExactlyOneKind = "FM1042";

    public const string BadCondition = "FM1050";
    public const string UnknownObservation = "FM1051";
    public const string StaleCondition = "FM1052";
    public const string BeforeNotHere = "FM1053";

    public const string UnknownService = "FM1060";
    public const string NeedsCycle = "FM1061";
    public const string OneShotRemedy = "FM1062";
    public const string UnknownRemedy = "FM1063";
    public const string UnknownComplaint = "FM1064";
    public const string UnknownContact = "FM1065";
    public const string UnknownProblem = "FM1066";
    public const string CauseCycle = "FM1067";
    public const string ForEachNothing = "FM1068";
    public const string UnknownProbe = "FM1069";

    public const string BadSymptom = "FM1070";

    public const string UnusedRemedy = "FM1080";
    public const string UnusedComplaint = "FM1081";
}
